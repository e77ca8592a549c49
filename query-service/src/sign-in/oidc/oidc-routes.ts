import type { Request, RequestHandler, Response } from 'express';
import { causeOf } from '../../access/access';
import type { Access } from '../../access/access';
import { createFailureLimit, refuseGuesser } from '../../access/failure-limit';
import { ownEvent } from '../../audit/own-event';
import { ownEventId } from '../../audit/own-event-id';
import { databaseError } from '../../database-error';
import { HttpError, statusOf } from '../../http-error';
import type { Route } from '../../http/route';
import type { SettingsDeps } from '../../settings-routes';
import { endEarlier } from '../end-earlier';
import { personGrant } from '../person-grant';
import { sendNotice } from '../send-notice';
import { cookieIn, cookieOptions, SESSION_COOKIE } from '../session-cookie';
import { SIGN_IN_PATH } from '../sign-in-path';
import type { IdentityProvider } from './identity-provider';
import type { OidcConfig } from './oidc-config';
import { CALLBACK_PATH, OIDC_PATH } from './oidc-path';
import { personOf } from './person-of';
import { newAttemptSecret, signInAttempt } from './sign-in-attempt';
import { createSparingWarnings } from './sparing-warnings';
import type { Warn } from './sparing-warnings';

/** Holds the secret of a sign-in while the browser is at the provider. */
const ATTEMPT_COOKIE = 'otel-audit-sign-in';
/** How long somebody may take to sign in there. */
const ATTEMPT_MS = 10 * 60_000;

/** What sign-in at an identity provider needs. */
export interface Oidc {
  config: OidcConfig;
  provider: IdentityProvider;
}

/**
 * `/api/session/oidc` sends a browser to the identity provider, `/api/session/oidc/callback` takes it back and signs the person in. A
 * browser is never sent anywhere but to the provider and to the page of this service.
 */
export function oidcRoutes(
  { config, provider }: Oidc,
  deps: SettingsDeps,
): Route[] {
  const { sessions, recorder, refusals } = deps;
  // Not that of secrets: whoever makes a browser come here must not keep its network from using tokens.
  const failures = createFailureLimit();
  const warn = createSparingWarnings(deps.logger);
  const attemptOptions = (req: Request) => ({
    ...cookieOptions(req, config.publicUrl, 'lax'),
    path: OIDC_PATH,
  });

  /** The person whom the provider's answer speaks of; who is refused is noted. */
  async function admit(req: Request, query: string) {
    let access: Access | undefined;
    try {
      const secret = cookieIn(req.headers.cookie, ATTEMPT_COOKIE);
      const attempt = signInAttempt(secret);
      if (!attempt)
        throw new HttpError(
          'AuthenticationError',
          `No sign-in is under way in this browser, or it took too long: begin at ${new URL(SIGN_IN_PATH, config.publicUrl).href}`,
        );
      // Counted before the wait: else of many answers at once all would pass before the first is refused.
      refuseGuesser(req.ip, failures);
      failures.failed(req.ip);
      const { claims, idToken } = await provider.redeem(attempt, query);
      const person = personOf(claims, config);
      const { subject } = person;
      if (subject !== undefined)
        access = { grant: personGrant(subject, []), by: 'session' };
      if (person.status === 'refused')
        throw new HttpError('NotAllowedError', person.reason);
      failures.forgive(req.ip);
      return { person, idToken, sub: String(claims['sub']) };
    } catch (error) {
      if (error instanceof HttpError) refusals.note(req, access, error);
      throw error;
    }
  }

  async function begin(req: Request, res: Response): Promise<void> {
    const secret = newAttemptSecret();
    const url = await provider.signInUrl(signInAttempt(secret)!);
    res
      .cookie(ATTEMPT_COOKIE, secret, {
        ...attemptOptions(req),
        maxAge: ATTEMPT_MS,
      })
      .redirect(303, url);
  }

  async function finish(req: Request, res: Response): Promise<void> {
    const query = takeQuery(req);
    res.clearCookie(ATTEMPT_COOKIE, attemptOptions(req));
    const { person, idToken, sub } = await admit(req, query);
    const { subject, roles, permissions } = person;
    const grant = personGrant(subject, permissions);
    const event = ownEvent(causeOf(req, { grant, by: 'session' }), {
      eventId: ownEventId.signIn,
      severityLevel: 'medium',
      meta: { issuer: config.issuer.href, sub, roles },
    });
    const { cookie, expiresAt } = await recorder.change(async (db) => {
      await endEarlier(db, req, sessions);
      return {
        result: await sessions.begin(db, { subject, permissions, idToken }),
        events: [event],
      };
    });
    res
      .cookie(SESSION_COOKIE, cookie, {
        ...cookieOptions(req, config.publicUrl),
        expires: expiresAt,
      })
      .redirect(303, SIGN_IN_PATH);
  }

  return [
    { path: OIDC_PATH, get: inBrowser(begin, warn) },
    { path: CALLBACK_PATH, get: inBrowser(finish, warn) },
  ];
}

/** The query of a request, which is gone from it then: a code is nothing for events, answers and logs. */
function takeQuery(req: Request): string {
  const [path = '', query = ''] = req.originalUrl.split(/\?(.*)/s);
  req.originalUrl = path;
  req.url = path;
  return query;
}

/** Answers what went wrong with a page: there is a person before the browser, not a program. */
function inBrowser(
  handle: (req: Request, res: Response) => Promise<void>,
  warn: Warn,
): RequestHandler {
  return async function answerBrowser(req, res) {
    try {
      await handle(req, res);
    } catch (thrown) {
      const error =
        thrown instanceof HttpError ? thrown : databaseError(thrown);
      if (!error) throw thrown;
      if (error.cause !== undefined) warn(error.cause, error.message);
      sendNotice(res, statusOf[error.name], error.message);
    }
  };
}
