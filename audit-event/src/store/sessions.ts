import type { Queryable } from './queryable';

/** The token that somebody signed in with. */
export interface SessionRow {
  subject: string;
  /** Of the token's secret, as it was then. */
  secretSha256: Uint8Array;
}

/** A session to begin. */
export interface NewSession extends SessionRow {
  /** Of the session's own secret, which only its cookie has. */
  idSha256: Uint8Array;
  /** How long it lasts. */
  hours: number;
}

/** Begins a session, and forgets those that have ended. */
export async function createSession(
  db: Queryable,
  { idSha256, subject, secretSha256, hours }: NewSession,
): Promise<{ expiresAt: Date }> {
  await db.query(`delete from audit.session where expires_at <= now()`);
  const { rows } = await db.query(
    `insert into audit.session (id_sha256, subject, secret_sha256, expires_at)
     values ($1::bytea, $2::text, $3::bytea, now() + $4::integer * interval '1 hour')
     returning expires_at as "expiresAt"`,
    [idSha256, subject, secretSha256, hours],
  );
  return rows[0] as { expiresAt: Date };
}

/** A session that has not ended, undefined when there is none. */
export async function findSession(
  db: Queryable,
  idSha256: Uint8Array,
): Promise<SessionRow | undefined> {
  const { rows } = await db.query(
    `select subject, secret_sha256 as "secretSha256"
     from audit.session
     where id_sha256 = $1::bytea and expires_at > now()`,
    [idSha256],
  );
  return rows[0] as SessionRow | undefined;
}

/** Ends a session; one that is none is left alone. */
export async function endSession(
  db: Queryable,
  idSha256: Uint8Array,
): Promise<void> {
  await db.query(`delete from audit.session where id_sha256 = $1::bytea`, [
    idSha256,
  ]);
}
