import { HttpError } from './http-error';
import { findToken } from './tokens/find-token';
import { isExpired } from './tokens/token';
import type { Token } from './tokens/token';

/** What a request is told that came without a token. */
export const MISSING_CREDENTIALS = 'Missing credentials';

/** The secret in the header `Authorization`; anything but `Bearer`, spaces and one run of other characters counts as missing. */
export function bearerOf(
  authorization: string | undefined,
): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

/**
 * The token that has a secret.
 *
 * @param secret undefined when none came
 * @param onUnknown told of a secret that no token has: it may have been guessed
 * @throws HttpError `AuthenticationError` for a token that is missing, unknown or past its time
 */
export function authenticate(
  secret: string | undefined,
  tokens: readonly Token[],
  onUnknown?: () => void,
): Token {
  if (secret === undefined)
    throw new HttpError('AuthenticationError', MISSING_CREDENTIALS);
  const token = findToken(tokens, secret);
  if (!token) {
    onUnknown?.();
    throw new HttpError('AuthenticationError', 'Illegal token');
  }
  if (isExpired(token))
    throw new HttpError('AuthenticationError', 'Illegal token, it has expired');
  return token;
}
