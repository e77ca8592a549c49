import type { Actor } from 'audit-event';
import type { RequestInput } from './clean-request';

/** What is used of a request of Express 4 or 5, or of any framework with the same shape. */
export interface ExpressRequest {
  method?: string | undefined;
  originalUrl?: string | undefined;
  url?: string | undefined;
  ip?: string | undefined;
  headers: Record<string, string | string[] | undefined>;
}

/** Tells who makes a request; undefined for nobody that is known. */
export type ActorOf<R extends ExpressRequest> = (
  request: R,
) => (Pick<Actor, 'id'> & Partial<Actor>) | undefined;

/**
 * The actor and request of an event, from a request of Express. Secrets in the query are replaced when the event is made.
 *
 * @example
 * const event = await auditor.createEvent({
 *   eventId: 'order-cancel',
 *   ...fromRequest(req, (req) => ({ type: 'user', id: `user:${req.user.name}` })),
 * });
 */
export function fromRequest<R extends ExpressRequest>(
  request: R,
  actorOf?: ActorOf<R>,
): { actor: Partial<Actor>; request: RequestInput } {
  return {
    actor: {
      ...actorOf?.(request),
      ip: request.ip,
      userAgent: header(request, 'user-agent'),
    },
    request: {
      method: request.method,
      url: request.originalUrl ?? request.url,
      host: header(request, 'host'),
    },
  };
}

function header(request: ExpressRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
