import { randomBytes } from 'node:crypto';

/** As Portal's guide suggests. */
const SECRET_BYTES = 24;

/** A secret that nobody guesses, in letters that need no quoting in a shell. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}
