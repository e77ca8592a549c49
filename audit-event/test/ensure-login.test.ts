import { randomUUID } from 'node:crypto';
import { ensureLogin } from 'audit-event/store';
import { scramVerifier } from '../src/store/scram-verifier';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';

const GROUP = 'audit_reader';
let database: TestDatabase;
const made: string[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  for (const user of made)
    await database.pool.query(`drop role if exists "${user}"`);
  await database.drop();
});

function newUser(): string {
  const user = `Test "${randomUUID()}`;
  made.push(user.replaceAll('"', '""'));
  return user;
}

async function roleOf(user: string) {
  const { rows } = await database.pool.query(
    `select rolcanlogin as may_log_in, rolsuper as is_super, rolcreaterole as may_create_roles, rolpassword as verifier,
       array(select roleid::regrole::text from pg_auth_members where member = pg_authid.oid) as groups
     from pg_authid where rolname = $1`,
    [user],
  );
  return rows[0];
}

/** The password as the server would have kept it, had it been told. */
function isOf(verifier: string, password: string): boolean {
  const salt = /:([^$]+)\$/.exec(verifier)![1]!;
  return scramVerifier(password, Buffer.from(salt, 'base64')) === verifier;
}

it('makes a role that may log in and has the rights of its group alone', async () => {
  const user = newUser();
  await ensureLogin(database.pool, { user, password: `'; x`, group: GROUP });
  const { verifier, ...role } = await roleOf(user);
  expect(role).toEqual({
    may_log_in: true,
    is_super: false,
    may_create_roles: false,
    groups: [GROUP],
  });
  expect(isOf(verifier, `'; x`)).toBe(true);
});

it('gives one that is there a new password', async () => {
  const user = newUser();
  for (const password of ['before', 'after'])
    await ensureLogin(database.pool, { user, password, group: GROUP });
  const { verifier } = await roleOf(user);
  expect(isOf(verifier, 'after')).toBe(true);
});

it('makes the same of a password as Postgres does', async () => {
  const user = newUser();
  await ensureLogin(database.pool, { user, password: 'other', group: GROUP });
  const quoted = made.at(-1)!;
  await database.pool.query(
    `set password_encryption = 'scram-sha-256'; alter role "${quoted}" password 'of the server'`,
  );
  const { verifier } = await roleOf(user);
  expect(isOf(verifier, 'of the server')).toBe(true);
  expect(isOf(verifier, 'other')).toBe(false);
});

it('leaves the role that migrates as it is', async () => {
  const { rows } = await database.pool.query(`select current_user as user`);
  const { user } = rows[0];
  await expect(
    ensureLogin(database.pool, { user, password: 'new', group: GROUP }),
  ).rejects.toThrow('expected another role than the one that migrates');
});
