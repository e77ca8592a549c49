/** The contract's minimum. It is no advice: 24 random bytes in base64 are. */
export const MIN_TOKEN_LENGTH = 8;

/**
 * Why a secret may not be used, in Backstage's words, or undefined when it may.
 *
 * @example
 * tokenProblem('1234567'); // 'Illegal token, must be at least 8 characters length'
 */
export function tokenProblem(secret: string): string | undefined {
  if (!/^\S+$/.test(secret))
    return 'Illegal token, must be a set of non-space characters';
  if (secret.length < MIN_TOKEN_LENGTH)
    return `Illegal token, must be at least ${MIN_TOKEN_LENGTH} characters length`;
  return undefined;
}
