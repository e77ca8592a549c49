import type { Request } from 'express';
import type { Permission } from '../audit-log-plugin';
import { bearerOf } from '../authenticate';
import { authorize } from '../authorize';
import { HttpError } from '../http-error';
import { cookieIn, SESSION_COOKIE } from '../sign-in/session-cookie';
import type { Sessions } from '../sign-in/sessions';
import type { Grant } from '../tokens/token';
import type { TokenList } from '../tokens/token-list';
import type { Access } from './access';
import type { FailureLimit } from './failure-limit';
import type { Refusals } from './refusals';
import { SESSION_ENDED } from './session-ended';
import { requireSameOrigin } from './same-origin';
import { tokenOfSecret } from './token-of-secret';

/** What it takes to know who asks. */
export interface AccessDeps {
  tokens: TokenList;
  noteUse: (token: Grant) => void;
  sessions: Sessions;
  failures: FailureLimit;
  refusals: Refusals;
}

/**
 * Lets a request pass that has all the permissions: it comes with a token, or from somebody who is signed in, by a token or at the
 * identity provider.
 * Who is refused is noted.
 *
 * @throws HttpError `AuthenticationError`, `NotAllowedError` or `TooManyRequestsError`
 */
export async function requireAccess(
  req: Request,
  deps: AccessDeps,
  ...permissions: readonly Permission[]
): Promise<Access> {
  let access: Access | undefined;
  try {
    access = await accessOf(req, deps);
    deps.noteUse(access.grant);
    for (const permission of permissions) authorize(access.grant, permission);
    return access;
  } catch (error) {
    if (error instanceof HttpError) deps.refusals.note(req, access, error);
    throw error;
  }
}

async function accessOf(req: Request, deps: AccessDeps): Promise<Access> {
  const { authorization } = req.headers;
  const cookie = cookieIn(req.headers.cookie, SESSION_COOKIE);
  if (authorization === undefined && cookie !== undefined) {
    const grant = await deps.sessions.find(cookie);
    if (!grant) throw new HttpError('AuthenticationError', SESSION_ENDED);
    requireSameOrigin(req);
    return { grant, by: 'session' };
  }
  const grant = await tokenOfSecret(req, bearerOf(authorization), deps);
  return { grant, by: 'token' };
}
