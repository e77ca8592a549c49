import { ruleIdOf } from 'audit-event/exclude';
import { loadExclusionRules } from 'audit-event/store';
import { createPlanter } from '../../test/src/planted-events';
import { startTestService } from './service';
import type { Answer, TestService } from './service';

const DEFAULTS = [
  { actorId: 'plugin:*', eventId: 'entity-fetch' },
  { actorId: 'plugin:*', eventId: 'entity-facets' },
];
const UTC = /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

let service: TestService;
beforeEach(async () => {
  service = await startTestService();
});
afterEach(() => service.close());

const inForce = async () =>
  (await loadExclusionRules(service.database.pool)).map(({ rule }) => rule);
const create = (rule: unknown, comment?: string) =>
  service.admin('POST', '/v2/rules', { body: { rule, comment } });
const etag = ({ headers }: Answer) => headers.get('etag')!;
/** What the log says was done to the rules. */
const told = async () =>
  (
    await service.database.pool.query(
      `select event_id, severity_level, status, actor_type, actor_id, request_method, entity_ref, meta
       from audit.event where event_id like 'rule%' order by event_time, id`,
    )
  ).rows;

it('lists the rules of the database, who made them and when', async () => {
  const { status, body } = await service.admin('GET', '/v2/rules');
  expect(status).toBe(200);
  expect(body).toEqual({
    data: DEFAULTS.map((rule, i) => ({
      id: `00000000-0000-8000-8000-00000000000${i + 1}`,
      version: 1,
      rule,
      comment: 'Plugins read the catalog all the time',
      created_at: expect.stringMatching(UTC),
      created_by: 'default',
      changed_at: expect.stringMatching(UTC),
      changed_by: 'default',
      source: 'database',
      in_force: false,
      excluded: { total: 0, days: [] },
    })),
    rule_set: null,
  });
});

it('makes, changes and deletes a rule, keeps every version, and tells of each in the log', async () => {
  const made = await create({ eventId: 'task' }, 'too many');
  expect(made.status).toBe(201);
  const { id } = made.body;
  const path = `/v2/rules/${id}`;
  expect(made.headers.get('location')).toBe(`/api/audit-log${path}`);
  expect(await inForce()).toContainEqual({ eventId: 'task' });

  const changed = await service.admin('PUT', path, {
    body: { rule: { eventId: 'task', status: 'succeeded' } },
    headers: { 'if-match': etag(made) },
  });
  expect(changed.body).toMatchObject({
    id,
    version: 2,
    rule: { eventId: 'task', status: 'succeeded' },
    comment: null,
    changed_by: 'audit-log-admin-access',
  });
  expect(etag(await service.admin('GET', path))).toBe(etag(changed));

  const deleted = await service.admin('DELETE', path, {
    headers: { 'if-match': etag(changed) },
  });
  expect(deleted).toMatchObject({ status: 204, text: '' });
  expect(await inForce()).toEqual(DEFAULTS);
  expect((await service.admin('GET', path)).status).toBe(404);

  const versions = await service.admin('GET', `${path}/versions`);
  expect(versions.body.data).toMatchObject([
    { version: 3, rule: null },
    { version: 2, rule: { eventId: 'task', status: 'succeeded' } },
    { version: 1, rule: { eventId: 'task' }, comment: 'too many' },
  ]);
  const common = {
    severity_level: 'high',
    status: 'succeeded',
    actor_type: 'service',
    actor_id: 'audit-log-admin-access',
    entity_ref: `audit-log-rule:${id}`,
  };
  const first = { rule: { eventId: 'task' }, comment: 'too many' };
  const second = {
    rule: { eventId: 'task', status: 'succeeded' },
    comment: null,
  };
  expect(await told()).toEqual([
    {
      ...common,
      event_id: 'rule-create',
      request_method: 'POST',
      meta: { after: first },
    },
    {
      ...common,
      event_id: 'rule-change',
      request_method: 'PUT',
      meta: { before: first, after: second },
    },
    {
      ...common,
      event_id: 'rule-delete',
      request_method: 'DELETE',
      meta: { before: second },
    },
  ]);
});

it('changes nothing for somebody who saw another version, or does not say which', async () => {
  const made = await create({ eventId: 'task' });
  const path = `/v2/rules/${made.body.id}`;
  const body = { rule: { eventId: 'other' } };
  const put = (ifMatch?: string) =>
    service.admin('PUT', path, {
      body,
      headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
    });
  expect((await put()).status).toBe(428);
  expect((await put('"7"')).body.error).toEqual({
    name: 'PreconditionFailedError',
    message:
      'It has changed meanwhile: its ETag is "1" now; look at it again, then change it',
  });
  expect((await service.admin('DELETE', path)).status).toBe(428);
  expect((await told()).map(({ event_id }) => event_id)).toEqual([
    'rule-create',
  ]);
  expect((await put('"7", "1"')).status).toBe(200);
  expect((await put('*')).status).toBe(200);
});

it('lets one of many win who change the same version', async () => {
  const made = await create({ eventId: 'task' });
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      service.admin('PUT', `/v2/rules/${made.body.id}`, {
        body: { rule: { eventId: `task-${i}` } },
        headers: { 'if-match': etag(made) },
      }),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 412)).toHaveLength(7);
});

it('refuses a rule that is there already, whatever the order of its keys', async () => {
  const { status, body } = await create({
    eventId: 'entity-fetch',
    actorId: 'plugin:*',
  });
  expect(status).toBe(409);
  expect(body.error.message).toBe(
    'The rule is there already, as 00000000-0000-8000-8000-000000000001',
  );
});

it('keeps a rule without letter or digit in force when that is meant', async () => {
  expect((await create({ actorId: '**' })).status).toBe(400);
  const made = await create({ actorId: '**', acknowledgeBroad: true });
  expect(made.status).toBe(201);
  expect(made.body.rule).toEqual({ actorId: '**', acknowledgeBroad: true });
});

it('tells per day what each rule kept out, rules of the file among them', async () => {
  const made = await create({ eventId: 'task' });
  const { pool } = service.database;
  const ofFile = ruleIdOf({ eventId: 'of-the-file' });
  const hash = Buffer.alloc(32, 1);
  await pool.query(`insert into audit.rule_set (hash, rules) values ($1, $2)`, [
    hash,
    JSON.stringify({
      rules: [
        { id: made.body.id, rule: { eventId: 'task' } },
        { id: ofFile, rule: { eventId: 'of-the-file' } },
      ],
      protectedEvents: ['critical'],
    }),
  ]);
  const planter = await createPlanter(service.database.url);
  const counts: [string, number, string][] = [
    [made.body.id, 3, 'now()'],
    [made.body.id, 4, "now() - interval '3 days'"],
    [made.body.id, 5, "now() - interval '40 days'"],
    [ofFile, 6, 'now()'],
  ];
  for (const [i, [rule, excluded, time]] of counts.entries()) {
    await pool.query(
      `insert into audit.batch (receiver_id, receiver_seq, recorded_at, received, stored, duplicate, excluded, quarantined, rules_hash)
       select max(id), $1::bigint, ${time}, $2::integer, 0, 0, $2::integer, 0, $3::bytea from audit.receiver`,
      [1_000 + i, excluded, hash],
    );
    await pool.query(
      `insert into audit.exclusion_count select max(id), $1::bigint, $2::uuid, $3::integer from audit.receiver`,
      [1_000 + i, rule, excluded],
    );
  }
  await planter.close();
  const { body } = await service.admin('GET', '/v2/rules');
  expect(body.rule_set).toEqual({
    hash: hash.toString('hex'),
    since: expect.stringMatching(UTC),
    protected_events: ['critical'],
  });
  const of = (id: string) =>
    body.data.find((rule: { id: string }) => rule.id === id);
  const day = expect.stringMatching(/^20\d\d-\d\d-\d\d$/);
  expect(of(made.body.id)).toMatchObject({
    source: 'database',
    in_force: true,
    excluded: {
      total: 7,
      days: [
        { day, excluded: 4 },
        { day, excluded: 3 },
      ],
    },
  });
  expect(of(ofFile)).toEqual({
    id: ofFile,
    rule: { eventId: 'of-the-file' },
    source: 'file',
    in_force: true,
    excluded: { total: 6, days: [{ day, excluded: 6 }] },
  });
});
