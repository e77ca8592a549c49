import type { Queryable } from '../queryable';
import type { AccessRestriction } from '../tokens';
import { printedTime } from '../time-text';

/** A token as API v2 shows it: all but its secret; times in UTC. */
export interface TokenRow {
  id: string;
  subject: string;
  version: number;
  has_secret: boolean;
  /** Null: unrestricted. Unchecked: it may have been edited by hand. */
  access_restrictions: unknown;
  created_at: string;
  created_by: string;
  changed_at: string;
  changed_by: string | null;
  expires_at: string | null;
  last_used_at: string | null;
}

/** What can be said of a token. */
export interface TokenFields {
  accessRestrictions: readonly AccessRestriction[] | null;
  expiresAt: Date | null;
}

const timed = (column: string) => `${printedTime(column)} as ${column}`;

const COLUMNS = `
  id::text, subject, version, has_secret, access_restrictions,
  ${timed('created_at')}, created_by, ${timed('changed_at')}, changed_by,
  ${timed('expires_at')}, ${timed('last_used_at')}`;

/** All tokens, the oldest first. */
export async function findTokens(db: Queryable): Promise<TokenRow[]> {
  const { rows } = await db.query(
    `select ${COLUMNS} from audit.token order by token.created_at, token.id`,
  );
  return rows as TokenRow[];
}

/**
 * One token.
 *
 * @param isLocked nobody else changes it until the transaction ends
 */
export async function findToken(
  db: Queryable,
  id: string,
  { isLocked = false }: { isLocked?: boolean } = {},
): Promise<TokenRow | undefined> {
  const { rows } = await db.query(
    `select ${COLUMNS} from audit.token where id = $1::uuid ${isLocked ? 'for update' : ''}`,
    [id],
  );
  return rows[0] as TokenRow | undefined;
}

/** @returns `taken` when there is a token of that subject */
export async function createToken(
  db: Queryable,
  id: string,
  subject: string,
  secretSha256: Uint8Array,
  { accessRestrictions, expiresAt }: TokenFields,
  createdBy: string,
): Promise<{ status: 'created'; token: TokenRow } | { status: 'taken' }> {
  const { rows } = await db.query(
    `insert into audit.token (id, subject, secret_sha256, access_restrictions, expires_at, created_by)
     values ($1::uuid, $2::text, $3::bytea, $4::jsonb, $5::timestamptz, $6::text)
     on conflict (subject) do nothing
     returning ${COLUMNS}`,
    [id, subject, secretSha256, json(accessRestrictions), expiresAt, createdBy],
  );
  return rows.length > 0
    ? { status: 'created', token: rows[0] as TokenRow }
    : { status: 'taken' };
}

/** Says something else of a token that is there. */
export async function changeToken(
  db: Queryable,
  id: string,
  { accessRestrictions, expiresAt }: TokenFields,
  changedBy: string,
): Promise<TokenRow> {
  const { rows } = await db.query(
    `update audit.token
     set access_restrictions = $2::jsonb, expires_at = $3::timestamptz,
       version = version + 1, changed_at = now(), changed_by = $4::text
     where id = $1::uuid
     returning ${COLUMNS}`,
    [id, json(accessRestrictions), expiresAt, changedBy],
  );
  return rows[0] as TokenRow;
}

/** Gives a token that is there its secret, or takes it away: null, and it waits for the next and admits nobody. */
export async function replaceTokenSecret(
  db: Queryable,
  id: string,
  secretSha256: Uint8Array | null,
  changedBy: string,
): Promise<TokenRow> {
  const { rows } = await db.query(
    `update audit.token
     set secret_sha256 = $2::bytea, version = version + 1, changed_at = now(), changed_by = $3::text
     where id = $1::uuid
     returning ${COLUMNS}`,
    [id, secretSha256, changedBy],
  );
  return rows[0] as TokenRow;
}

/** Removes a token for ever; what it did stays in the log. */
export async function deleteToken(db: Queryable, id: string): Promise<void> {
  await db.query(`delete from audit.token where id = $1::uuid`, [id]);
}

/** Whether another token has the same secret: nobody could say which of the two was shown. */
export async function isSecretTaken(
  db: Queryable,
  secretSha256: Uint8Array,
  exceptId: string,
): Promise<boolean> {
  const { rows } = await db.query(
    `select exists (
       select from audit.token where secret_sha256 = $1::bytea and id <> $2::uuid
     ) as found`,
    [secretSha256, exceptId],
  );
  return rows[0].found as boolean;
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
