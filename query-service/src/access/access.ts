import type { Request } from 'express';
import type { Cause } from '../audit/own-event';
import type { Grant } from '../tokens/token';

/** Who a request comes from. */
export interface Access {
  /** What it may do. */
  grant: Grant;
  /** A program that shows its token, or a person who signed in. */
  by: 'token' | 'session';
}

/**
 * Who and by which request, as events tell of it. The actor's id is the subject of the token, as Backstage has it.
 *
 * @param access absent for somebody who was not let in
 */
export function causeOf(req: Request, access: Access | undefined): Cause {
  const [path, query] = splitOnce(req.originalUrl, '?');
  return {
    actor: {
      ...(access
        ? {
            type: access.by === 'session' ? 'user' : 'service',
            id: access.grant.subject,
          }
        : { type: 'anonymous', id: 'anonymous' }),
      ip: req.ip,
      userAgent: req.get('user-agent'),
    },
    request: { method: req.method, path, query, host: req.get('host') },
  };
}

function splitOnce(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
