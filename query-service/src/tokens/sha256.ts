import { createHash } from 'node:crypto';

export const SHA256_BYTES = 32;

/** The form in which secrets are kept and compared. */
export function sha256(secret: string): Uint8Array {
  return createHash('sha256').update(secret, 'utf8').digest();
}
