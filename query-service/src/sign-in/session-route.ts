import type { Request } from 'express';
import { causeOf } from '../access/access';
import { may } from '../access/may';
import { requireAccess } from '../access/require-access';
import { tokenOfSecret } from '../access/token-of-secret';
import { permissions } from '../audit-log-plugin';
import { ownEvent } from '../audit/own-event';
import { ownEventId } from '../audit/own-event-id';
import { HttpError } from '../http-error';
import { bodySchema, readJson } from '../http/read-body';
import type { Route } from '../http/route';
import type { SettingsDeps } from '../settings-routes';
import type { Grant, Token } from '../tokens/token';
import { cookieIn, cookieOptions, SESSION_COOKIE } from './session-cookie';
import { endEarlier } from './end-earlier';
import { SIGN_IN_PATH } from './sign-in-path';

export const SESSION_PATH = '/api/session';

export const sessionBodySchema = bodySchema(
  { token: { type: 'string', description: 'The secret of a token' } },
  ['token'],
);

/** `/api/session`: a person signs in with a token, sees as whom he is signed in, and signs out. */
export function sessionRoute(deps: SettingsDeps): Route {
  const { sessions, recorder, refusals, oidc } = deps;

  /** The token that somebody signs in with; who is refused is noted. */
  async function tokenOf(req: Request): Promise<Token> {
    const { token } = await readJson(req, sessionBodySchema);
    const secret = typeof token === 'string' ? token.trim() : '';
    try {
      return await tokenOfSecret(req, secret || undefined, deps);
    } catch (error) {
      if (error instanceof HttpError) refusals.note(req, undefined, error);
      throw error;
    }
  }

  /** Where the browser signs out at the identity provider; one that is away cannot keep a session from ending here. */
  const signOutAt = (idToken: string): Promise<string | undefined> =>
    oidc
      ? oidc.provider.signOutUrl(idToken, SIGN_IN_PATH).catch(() => undefined)
      : Promise.resolve(undefined);

  return {
    path: SESSION_PATH,
    async get(req, res) {
      const { grant } = await requireAccess(req, deps);
      res.json(sessionBody(grant));
    },
    async post(req, res) {
      const token = await tokenOf(req);
      const cause = causeOf(req, { grant: token, by: 'session' });
      const { cookie, expiresAt } = await recorder.change(async (db) => {
        const event = ownEvent(cause, {
          eventId: ownEventId.signIn,
          severityLevel: 'medium',
        });
        const { subject, secretSha256 } = token;
        await endEarlier(db, req, sessions);
        return {
          result: await sessions.begin(db, { subject, secretSha256 }),
          events: [event],
        };
      });
      deps.noteUse(token);
      res
        .status(201)
        .cookie(SESSION_COOKIE, cookie, {
          ...cookieOptions(req, oidc?.config.publicUrl),
          expires: expiresAt,
        })
        .json({ ...sessionBody(token), expires_at: expiresAt });
    },
    async delete(req, res) {
      const access = await requireAccess(req, deps);
      const cookie = cookieIn(req.headers.cookie, SESSION_COOKIE);
      if (access.by !== 'session' || cookie === undefined)
        throw new HttpError(
          'InputError',
          'Only a session can be ended, this request came with a token',
        );
      const idToken = await recorder.change(async (db) => {
        const event = ownEvent(causeOf(req, access), {
          eventId: ownEventId.signOut,
          severityLevel: 'low',
        });
        return { result: await sessions.end(db, cookie), events: [event] };
      });
      res.clearCookie(
        SESSION_COOKIE,
        cookieOptions(req, oidc?.config.publicUrl),
      );
      const signOutUrl = idToken && (await signOutAt(idToken));
      if (signOutUrl) res.json({ sign_out_url: signOutUrl });
      else res.status(204).end();
    },
  };
}

/** As whom, and what one may do: for a page to show no button that would be refused. */
function sessionBody(grant: Grant): object {
  return {
    subject: grant.subject,
    permissions: permissions
      .filter((permission) => may(grant, permission))
      .map(({ name }) => name),
  };
}
