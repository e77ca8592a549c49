/** The contract's minimum. It is no advice: 24 random bytes in base64 are. */
export const MIN_TOKEN_LENGTH = 8;

/** What a header can carry: a secret is shown as a bearer token. */
export const SECRET = /^[\x21-\x7e]+$/;

/**
 * Why a secret may not be used, in Backstage's words where it has some, or undefined when it may.
 *
 * @example
 * tokenProblem('1234567'); // 'Illegal token, must be at least 8 characters length'
 */
export function tokenProblem(secret: string): string | undefined {
  if (!/^\S+$/.test(secret))
    return 'Illegal token, must be a set of non-space characters';
  if (!SECRET.test(secret))
    return 'Illegal token, must be visible ASCII characters, no header can carry others';
  if (secret.length < MIN_TOKEN_LENGTH)
    return `Illegal token, must be at least ${MIN_TOKEN_LENGTH} characters length`;
  return undefined;
}
