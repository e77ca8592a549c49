import type { Request } from 'express';
import { causeOf } from '../access/access';
import { refuseGuesser } from '../access/failure-limit';
import { may } from '../access/may';
import { requireAccess } from '../access/require-access';
import { permissions } from '../audit-log-plugin';
import { ownEvent } from '../audit/own-event';
import { ownEventId } from '../audit/own-event-id';
import { authenticate } from '../authenticate';
import { HttpError } from '../http-error';
import { readJson } from '../http/read-body';
import type { Route } from '../http/route';
import type { SettingsDeps } from '../settings-routes';
import type { Token } from '../tokens/token';
import { cookieOptions, sessionCookie, SESSION_COOKIE } from './session-cookie';

const SESSION_PATH = '/api/session';

/** `/api/session`: a person signs in with a token, sees as whom, and signs out. */
export function sessionRoute(deps: SettingsDeps): Route {
  const { sessions, recorder, failures, refusals, tokens } = deps;

  /** The token that somebody signs in with; who is refused is noted. */
  async function tokenOf(req: Request): Promise<Token> {
    try {
      refuseGuesser(req.ip, failures);
      const { token } = await readJson(req, ['token']);
      const secret = typeof token === 'string' ? token.trim() : '';
      const onUnknown = () => failures.failed(req.ip);
      return await authenticate(`Bearer ${secret}`, tokens, onUnknown);
    } catch (error) {
      if (error instanceof HttpError) refusals.note(req, undefined, error);
      throw error;
    }
  }

  return {
    path: SESSION_PATH,
    async get(req, res) {
      const { token } = await requireAccess(req, deps);
      res.json(sessionBody(token));
    },
    async post(req, res) {
      const token = await tokenOf(req);
      const cause = causeOf(req, { token, by: 'session' });
      const { cookie, expiresAt } = await recorder.change(async (db) => {
        const event = ownEvent(cause, {
          eventId: ownEventId.signIn,
          severityLevel: 'medium',
        });
        return { result: await sessions.begin(db, token), events: [event] };
      });
      deps.noteUse(token);
      res
        .status(201)
        .cookie(SESSION_COOKIE, cookie, {
          ...cookieOptions(req.secure),
          expires: expiresAt,
        })
        .json({ ...sessionBody(token), expires_at: expiresAt });
    },
    async delete(req, res) {
      const access = await requireAccess(req, deps);
      const cookie = sessionCookie(req.headers.cookie);
      if (access.by !== 'session' || cookie === undefined)
        throw new HttpError(
          'InputError',
          'Only a session can be ended, this request came with a token',
        );
      await recorder.change(async (db) => {
        const event = ownEvent(causeOf(req, access), {
          eventId: ownEventId.signOut,
          severityLevel: 'low',
        });
        return { result: await sessions.end(db, cookie), events: [event] };
      });
      res.clearCookie(SESSION_COOKIE, cookieOptions(req.secure));
      res.status(204).end();
    },
  };
}

/** As whom, and what one may do: for a page to show no button that would be refused. */
function sessionBody(token: Token): object {
  return {
    subject: token.subject,
    permissions: permissions
      .filter((permission) => may(token, permission))
      .map(({ name }) => name),
  };
}
