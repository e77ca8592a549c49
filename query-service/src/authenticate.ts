import { HttpError } from './http-error';
import { findToken } from './tokens/find-token';
import { isExpired } from './tokens/token';
import type { Token } from './tokens/token';
import type { TokenList } from './tokens/token-list';

/** What a request is told that came without a token. */
export const MISSING_CREDENTIALS = 'Missing credentials';

/**
 * The token that a request came with.
 *
 * @param authorization the header; anything but `Bearer`, spaces and one run of other characters counts as missing
 * @param onUnknown told of a secret that no token has: it may have been guessed
 * @throws HttpError `AuthenticationError` for a token that is missing, unknown or past its time
 */
export async function authenticate(
  authorization: string | undefined,
  tokens: TokenList,
  onUnknown?: () => void,
): Promise<Token> {
  const secret = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (secret === undefined)
    throw new HttpError('AuthenticationError', MISSING_CREDENTIALS);
  const token = findToken(await tokens(), secret);
  if (!token) {
    onUnknown?.();
    throw new HttpError('AuthenticationError', 'Illegal token');
  }
  if (isExpired(token))
    throw new HttpError('AuthenticationError', 'Illegal token, it has expired');
  return token;
}
