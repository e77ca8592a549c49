import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Makes the check of the Authorization header: it has to be `Bearer` and the token. Hashes are compared, in constant
 * time, so that neither the length nor the beginning of the token shows in how long it takes. Without a token all pass.
 *
 * @example
 * const isAuthorized = createAuthorizer('s3cret-token');
 * isAuthorized('Bearer s3cret-token'); // true
 */
export function createAuthorizer(
  token: string | undefined,
): (authorization: string | undefined) => boolean {
  if (token === undefined) return () => true;
  const expected = sha256(token);
  return (authorization) => {
    const [, given] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
    return given !== undefined && timingSafeEqual(sha256(given), expected);
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
