import type { Queryable } from './queryable';
import { scramVerifier } from './scram-verifier';

/** The group roles of `sql/roles.sql`. */
export type GroupRole = 'audit_receiver' | 'audit_query' | 'audit_reader';

/** Who connects, and with which rights. */
export interface Login {
  user: string;
  /** Printable ASCII. */
  password: string;
  group: GroupRole;
}

/**
 * Makes a role that can log in with this password and has the rights of its group; one that is there gets the password and
 * the group. Needs a role that may create roles.
 *
 * @throws for the role of the connection itself, and what the database throws
 * @example
 * await ensureLogin(owner, { user: 'shop_receiver', password, group: 'audit_receiver' });
 */
export async function ensureLogin(
  db: Queryable,
  { user, password, group }: Login,
): Promise<void> {
  const { rows: roles } = await db.query(
    `select current_user = $1::text as "isOwner", exists (select from pg_catalog.pg_roles where rolname = $1::text) as "isThere"`,
    [user],
  );
  const { isOwner, isThere } = roles[0] as Record<string, boolean>;
  if (isOwner)
    throw new Error(
      `cannot give the role ${user} the rights of ${group} alone: expected another role than the one that migrates`,
    );
  const verb = isThere ? 'alter' : 'create';
  // Statements that define take no parameters.
  const { rows } = await db.query(
    `select format('${verb} role %I login password %L', $1::text, $2::text) as login, format('grant %I to %I', $3::text, $1::text) as membership`,
    [user, scramVerifier(password), group],
  );
  await db.query(rows[0].login as string);
  await db.query(rows[0].membership as string);
}
