import { setTokenSecret } from 'audit-event/store';
import type { Queryable } from 'audit-event/store';
import { sha256 } from './sha256';
import { tokenProblem } from './token-rule';

export type SetSecretResult =
  | { status: 'set' }
  | { status: 'not-found' }
  | { status: 'illegal'; reason: string };

/**
 * Gives the entry of a subject its secret, of which only the hash is kept.
 *
 * @returns `illegal` with the reason when the secret breaks the rule for tokens: nothing is changed then
 * @example
 * await setSecret(pool, 'audit-log-api-access', randomBytes(24).toString('base64'));
 */
export async function setSecret(
  db: Queryable,
  subject: string,
  secret: string,
): Promise<SetSecretResult> {
  const reason = tokenProblem(secret);
  if (reason !== undefined) return { status: 'illegal', reason };
  return setTokenSecret(db, subject, sha256(secret));
}
