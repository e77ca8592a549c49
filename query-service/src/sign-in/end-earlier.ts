import type { Queryable } from 'audit-event/store';
import type { Request } from 'express';
import { cookieIn, SESSION_COOKIE } from './session-cookie';
import type { Sessions } from './sessions';

/**
 * Ends the session that a browser has when it begins another, whose cookie takes the place of the first: nobody could sign out of
 * that any more. A browser that comes back from another site may not show its cookie (`SameSite=Strict`); what it had ends by itself.
 */
export async function endEarlier(
  db: Queryable,
  req: Pick<Request, 'headers'>,
  sessions: Sessions,
): Promise<void> {
  const cookie = cookieIn(req.headers.cookie, SESSION_COOKIE);
  if (cookie !== undefined) await sessions.end(db, cookie);
}
