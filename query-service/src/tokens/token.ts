import type { AccessRestriction, TokenEntry } from 'audit-event/store';
import { accessRestrictionsOf } from './access-restrictions';
import { SHA256_BYTES } from './sha256';

/** A token that can admit somebody. */
export interface Token {
  /** Of the entry in the database; absent when there is none. */
  id?: string | undefined;
  subject: string;
  secretSha256: Uint8Array;
  /** Null: unrestricted. */
  accessRestrictions: readonly AccessRestriction[] | null;
  expiresAt: Date | null;
}

/** The token of an entry, undefined while the entry waits for its secret. */
export function tokenOf(entry: TokenEntry): Token | undefined {
  const { id, subject, secretSha256, expiresAt } = entry;
  if (secretSha256?.length !== SHA256_BYTES) return undefined;
  return {
    id,
    subject,
    secretSha256,
    accessRestrictions: accessRestrictionsOf(entry.accessRestrictions),
    expiresAt,
  };
}

/** Whether its time is over. */
export function isExpired({ expiresAt }: Pick<Token, 'expiresAt'>): boolean {
  return expiresAt !== null && expiresAt.getTime() <= Date.now();
}
