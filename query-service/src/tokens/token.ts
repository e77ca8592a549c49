import type { AccessRestriction, TokenEntry } from 'audit-event/store';
import { accessRestrictionsOf } from './access-restrictions';
import { SHA256_BYTES } from './sha256';

/** Who is admitted, and what he may do: a token, or a person whom an identity provider vouches for. */
export interface Grant {
  /** Of the token's entry in the database; absent when there is none. */
  id?: string | undefined;
  subject: string;
  /** Null: unrestricted. */
  accessRestrictions: readonly AccessRestriction[] | null;
}

/** A token that can admit somebody. */
export interface Token extends Grant {
  secretSha256: Uint8Array;
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
