import { ensureSecret } from 'query-service';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';

const SUBJECT = 'audit-log-api-access';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const ensure = (subject: string, renew = false) =>
  ensureSecret(database.url, subject, { renew, by: 'npm start' });
const token = async () =>
  (
    await database.pool.query(
      `select version, changed_by, encode(secret_sha256, 'hex') as hash
       from audit.token where subject = $1`,
      [SUBJECT],
    )
  ).rows[0];
const told = async () =>
  (
    await database.pool.query(
      `select event_id, severity_level, actor_type, actor_id, action_type, entity_ref, meta
       from audit.event where plugin_id = 'audit-log' order by event_time, id`,
    )
  ).rows;

it('makes the first secret, and another only when asked; each is told of', async () => {
  const first = await ensure(SUBJECT);
  expect(first).toEqual({
    status: 'made',
    secret: expect.stringMatching(/^[\w-]{32}$/),
  });
  const { hash } = await token();
  expect(await ensure(SUBJECT)).toEqual({ status: 'there' });
  expect(await token()).toEqual({ version: 2, changed_by: 'npm start', hash });

  const second = await ensure(SUBJECT, true);
  expect(second).not.toEqual(first);
  expect(await token()).toMatchObject({ version: 3 });
  expect((await token()).hash).not.toBe(hash);
  const change = {
    event_id: 'token-secret-set',
    severity_level: 'high',
    actor_type: 'service',
    actor_id: 'npm start',
    action_type: 'update',
    entity_ref: `audit-log-token:${SUBJECT}`,
  };
  expect(await told()).toEqual([
    { ...change, meta: { replaced: false } },
    { ...change, meta: { replaced: true } },
  ]);
});

it('keeps the hash alone', async () => {
  const made = await ensure(SUBJECT);
  const secret = made.status === 'made' ? made.secret : '';
  const { rows } = await database.pool.query(
    `select token::text as row from audit.token
     union all select event::text from audit.event`,
  );
  for (const { row } of rows) {
    expect(row).not.toContain(secret);
    expect(row).not.toContain(Buffer.from(secret).toString('hex'));
  }
  const { rows: found } = await database.pool.query(
    `select from audit.token where secret_sha256 = sha256($1::text::bytea)`,
    [secret],
  );
  expect(found).toHaveLength(1);
});

it('makes one secret when several start at once', async () => {
  const made = await Promise.all([1, 2, 3].map(() => ensure(SUBJECT)));
  expect(made.filter(({ status }) => status === 'made')).toHaveLength(1);
});

it('says that there is no such token', async () => {
  expect(await ensure('nobody')).toEqual({ status: 'not-found' });
  expect(await told()).toEqual([]);
});
