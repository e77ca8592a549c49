import type { Queryable } from './queryable';

/** What a session is worth: what the token may do that it was begun with, or what a person may do by permissions of his own. */
export type SessionRow =
  | {
      subject: string;
      /** Of the token's secret, as it was then. */
      secretSha256: Uint8Array;
      permissions?: null | undefined;
    }
  | {
      subject: string;
      secretSha256?: null | undefined;
      /** Names of permissions, as they were when the person signed in. */
      permissions: readonly string[];
    };

/** A session to begin. */
export type NewSession = SessionRow & {
  /** Of the session's own secret, which only its cookie has. */
  idSha256: Uint8Array;
  /** Of the identity provider, for signing out there as well. */
  idToken?: string | undefined;
  /** How long it lasts. */
  hours: number;
};

/** Begins a session, and forgets those that have ended. */
export async function createSession(
  db: Queryable,
  session: NewSession,
): Promise<{ expiresAt: Date }> {
  const { idSha256, subject, secretSha256, permissions, idToken, hours } =
    session;
  await db.query(`delete from audit.session where expires_at <= now()`);
  const { rows } = await db.query(
    `insert into audit.session (id_sha256, subject, secret_sha256, permissions, id_token, expires_at)
     values ($1::bytea, $2::text, $3::bytea, $4::text[], $5::text, now() + $6::integer * interval '1 hour')
     returning expires_at as "expiresAt"`,
    [
      idSha256,
      subject,
      secretSha256 ?? null,
      permissions ?? null,
      idToken ?? null,
      hours,
    ],
  );
  return rows[0] as { expiresAt: Date };
}

/** A session that has not ended, undefined when there is none. */
export async function findSession(
  db: Queryable,
  idSha256: Uint8Array,
): Promise<SessionRow | undefined> {
  const { rows } = await db.query(
    `select subject, secret_sha256 as "secretSha256", permissions
     from audit.session
     where id_sha256 = $1::bytea and expires_at > now()`,
    [idSha256],
  );
  return rows[0] as SessionRow | undefined;
}

/**
 * Ends a session; one that is none is left alone.
 *
 * @returns the ID token that it was begun with, undefined for one without
 */
export async function endSession(
  db: Queryable,
  idSha256: Uint8Array,
): Promise<string | undefined> {
  const { rows } = await db.query(
    `delete from audit.session where id_sha256 = $1::bytea returning id_token as "idToken"`,
    [idSha256],
  );
  const ended = rows[0] as { idToken: string | null } | undefined;
  return ended?.idToken ?? undefined;
}
