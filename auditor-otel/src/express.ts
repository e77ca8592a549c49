import type { Actor, SeverityLevel } from 'audit-event';
import type { RequestInput } from './clean-request';
import type { AuditedOperation, Auditor } from './create-auditor';

/** What is used of a request of Express 4 or 5, or of any framework with the same shape. */
export interface ExpressRequest {
  method?: string | undefined;
  originalUrl?: string | undefined;
  url?: string | undefined;
  ip?: string | undefined;
  headers: Record<string, string | string[] | undefined>;
}

/** What is used of a response. */
export interface ExpressResponse {
  statusCode: number;
  once(event: 'finish' | 'close', listener: () => void): unknown;
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

/** What `auditRequest` records of each request. */
export interface AuditRequestOptions<R extends ExpressRequest> {
  eventId: string;
  severityLevel?: SeverityLevel | undefined;
  actor?: ActorOf<R> | undefined;
  /** Meta for the records of this request. */
  meta?: ((request: R) => object) | undefined;
}

/**
 * Express middleware that audits a request: `initiated` when it comes, `succeeded` when the response is sent with a status
 * below 400, else `failed`. A request is never held up or broken by it.
 *
 * @example
 * app.delete('/orders/:id', auditRequest(auditor, { eventId: 'order-cancel', severityLevel: 'medium' }), cancelOrder);
 */
export function auditRequest<R extends ExpressRequest>(
  auditor: Pick<Auditor, 'createEvent'>,
  options: AuditRequestOptions<R>,
) {
  return function auditRequestMiddleware(
    request: R,
    response: ExpressResponse,
    next: () => void,
  ): void {
    const operation = begin(auditor, options, request);
    let isFinished = false;
    response.once('finish', () => {
      isFinished = true;
      void operation.then((event) => finish(event, response.statusCode));
    });
    response.once('close', () => {
      if (!isFinished) void operation.then(aborted);
    });
    next();
  };
}

async function begin<R extends ExpressRequest>(
  auditor: Pick<Auditor, 'createEvent'>,
  options: AuditRequestOptions<R>,
  request: R,
): Promise<AuditedOperation> {
  const { eventId, severityLevel } = options;
  return auditor.createEvent({
    eventId,
    severityLevel,
    meta: attempt(() => options.meta?.(request)),
    ...(attempt(() => fromRequest(request, options.actor)) ??
      fromRequest(request)),
  });
}

/** The application's callbacks may throw; the request is audited without what they would have said. */
function attempt<T>(callback: () => T): T | undefined {
  try {
    return callback();
  } catch {
    return undefined;
  }
}

function finish(event: AuditedOperation, statusCode: number): Promise<unknown> {
  const meta = { statusCode };
  if (statusCode < 400) return event.success({ meta });
  const error = { name: 'HttpError', message: `status ${statusCode}` };
  return event.fail({ error, meta });
}

function aborted(event: AuditedOperation): Promise<unknown> {
  const message = 'the connection was closed before the response was sent';
  return event.fail({ error: { name: 'AbortError', message } });
}

function header(request: ExpressRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
