import { HttpError } from './http-error';
import { findToken } from './tokens/find-token';
import type { Token } from './tokens/token';
import type { TokenList } from './tokens/token-list';

/**
 * The token that a request came with.
 *
 * @param authorization the header; anything but `Bearer`, spaces and one run of other characters counts as missing
 * @throws HttpError `AuthenticationError` for a token that is missing, unknown or past its time
 */
export async function authenticate(
  authorization: string | undefined,
  tokens: TokenList,
): Promise<Token> {
  const secret = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (secret === undefined)
    throw new HttpError('AuthenticationError', 'Missing credentials');
  const token = findToken(await tokens(), secret);
  if (!token) throw new HttpError('AuthenticationError', 'Illegal token');
  if (token.expiresAt && token.expiresAt.getTime() <= Date.now())
    throw new HttpError('AuthenticationError', 'Illegal token, it has expired');
  return token;
}
