import type { Queryable } from './queryable';

/** What a token may do, as in `backend.auth.externalAccess` of Backstage: one plugin, of it some permissions. */
export interface AccessRestriction {
  plugin: string;
  /** Names of permissions; absent: all of the plugin's. */
  permission?: readonly string[] | undefined;
  /** Only permissions with one of these actions; absent: with any. */
  permissionAttribute?: { action?: readonly string[] | undefined } | undefined;
}

/** One entry of `audit.token`. */
export interface TokenEntry {
  id: string;
  /** The name it acts under, such as `audit-log-api-access`. */
  subject: string;
  /** Null while it waits for its secret; it admits nobody then. */
  secretSha256: Uint8Array | null;
  /** Null: unrestricted. Unchecked JSON, because it may have been edited by hand. */
  accessRestrictions: unknown;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/**
 * All tokens, the oldest first.
 *
 * @example
 * const entries = await loadTokens(pool);
 */
export async function loadTokens(db: Queryable): Promise<TokenEntry[]> {
  const { rows } = await db.query(
    `select
      id::text,
      subject,
      secret_sha256 as "secretSha256",
      access_restrictions as "accessRestrictions",
      expires_at as "expiresAt",
      last_used_at as "lastUsedAt"
    from audit.token
    order by created_at, id`,
  );
  return rows as TokenEntry[];
}

/** Notes that a token was used now. Writes at most once a minute, however many services ask. */
export async function touchToken(db: Queryable, id: string): Promise<void> {
  await db.query(
    `update audit.token
    set last_used_at = now()
    where id = $1::uuid
      and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    [id],
  );
}
