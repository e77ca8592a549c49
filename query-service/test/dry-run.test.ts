import { randomUUID } from 'node:crypto';
import { createRuleSet, ruleIdOf } from 'audit-event/exclude';
import type { IdentifiedRule, Rule } from 'audit-event/exclude';
import { runReceiver, loadConfig } from 'collector-receiver';
import { pino } from 'pino';
import { dryRun } from '../src/rules/dry-run';
import type { DryRunOptions } from '../src/rules/dry-run';
import { aRow, insertRows } from './events';
import type { TestEvent } from './events';
import { startTestService } from './service';
import type { TestService } from './service';

const DAY_MS = 24 * 60 * 60 * 1_000;
const HIGH =
  "1 of the events have the severity high or critical; protectedEvents in the receivers' file can keep such events from every rule";
const FAILED =
  "1 of the events tell of something that failed; protectedEvents in the receivers' file can keep such events from every rule";

let service: TestService;
beforeEach(async () => {
  service = await startTestService();
});
afterEach(() => service.close());

/** A row of so many days ago. */
const ago = (days: number, overrides: Partial<TestEvent>) =>
  aRow({
    event_time: new Date(Date.now() - days * DAY_MS - 60_000).toISOString(),
    ...overrides,
  });
const insert = (...rows: TestEvent[]) =>
  insertRows(service.database.pool, rows);
const tryOut = (body: object) =>
  service.admin('POST', '/v2/rules/dry-run', { body });

it('tells what a rule would have kept out, by severity and status, with samples', async () => {
  const kept = ago(0, { event_id: 'other' });
  const rows = [
    ago(0, { actor_id: 'plugin:search' }),
    ago(1, { actor_id: 'plugin:search', severity_level: 'high' }),
    ago(2, { actor_id: 'plugin:a', status: 'failed' }),
    ago(3, { actor_id: 'plugin:a', status: 'initiated' }),
  ];
  const tooOld = ago(8, { actor_id: 'plugin:search' });
  await insert(kept, ...rows, tooOld);
  const rule = { actorId: 'plugin:*', eventId: 'entity-fetch' };
  const { status, body } = await tryOut({ rule });
  expect(status).toBe(200);
  expect(body).toEqual({
    complete: true,
    from: expect.any(String),
    to: expect.any(String),
    scanned: 5,
    excluded: 4,
    by_severity: { low: 3, high: 1 },
    by_status: { succeeded: 2, failed: 1, initiated: 1 },
    by_rule: [{ id: ruleIdOf(rule), rule, excluded: 4 }],
    warnings: [HIGH, FAILED],
    samples: expect.any(Array),
  });
  const ids = body.samples.map(({ id }: { id: string }) => id);
  expect(ids).toEqual(rows.map(({ id }) => id));
  expect((await tryOut({ rule, days: 9 })).body.excluded).toBe(5);
});

it('never counts events of the audit log, nor protected ones', async () => {
  await insert(
    ago(0, { plugin_id: 'audit-log' }),
    ago(0, { severity_level: 'critical' }),
    ago(0, { status: 'failed' }),
    ago(0, {}),
  );
  const rule = { eventId: 'entity-*' };
  expect((await tryOut({ rule })).body.excluded).toBe(3);
  const protectedEvents = ['critical', 'failed'];
  expect((await tryOut({ rule, protectedEvents })).body).toMatchObject({
    excluded: 1,
    warnings: [],
  });
});

it('counts an event for the first rule of a set that it meets', async () => {
  await insert(ago(0, { event_id: 'a' }), ago(0, { event_id: 'b' }));
  const excludeRules = [{ eventId: 'a' }, { eventId: '?', pluginId: 'c*' }];
  const { body } = await tryOut({ excludeRules });
  expect(
    body.by_rule.map(({ excluded }: { excluded: number }) => excluded),
  ).toEqual([1, 1]);
});

it('says of a rule that names the outcome what that means', async () => {
  const { body } = await tryOut({ rule: { eventId: 'a', status: 'succe*' } });
  expect(body.warnings).toEqual([
    expect.stringContaining('keeps the beginning of an operation'),
  ]);
  const any = await tryOut({ rule: { eventId: 'a', status: '*e*' } });
  expect(any.body.warnings).toEqual([]);
});

/** In a transaction, as the service does it. */
async function tryRules(
  rules: readonly IdentifiedRule[],
  options: Partial<DryRunOptions>,
) {
  const db = await service.database.pool.connect();
  try {
    await db.query('begin isolation level repeatable read read only');
    return await dryRun(db, rules, {
      startMs: Date.now() - 7 * DAY_MS,
      endMs: Date.now(),
      protectedEvents: [],
      ...options,
    });
  } finally {
    await db.query('rollback');
    db.release();
  }
}

it('says how far it got when there is not time for all', async () => {
  // The newest five minutes have two of them, one and three minutes old.
  const rows = Array.from({ length: 10 }, (_, i) => ago(i / 720, {}));
  await insert(...rows);
  const rules = [{ id: randomUUID(), rule: { actorId: '**' } }];
  const endMs = Date.now();
  const found = await tryRules(rules, { endMs, budgetMs: 0 });
  expect(found).toMatchObject({ complete: false, scanned: 2, excluded: 2 });
  expect(Date.parse(found.from)).toBe(endMs + 1 - 300_000);
  expect(found.samples.map(({ id }) => id)).toEqual(
    rows.slice(0, 2).map(({ id }) => id),
  );
  expect(found.warnings).toEqual([
    expect.stringContaining(`since ${found.from}`),
  ]);
});

it('comes to the same as the receiver, whatever the rule looks at', async () => {
  const words = ['a', 'b', 'a/b', 'plugin:a', 'audit-log'];
  const pick = (i: number) => words[i % words.length]!;
  const rows = Array.from({ length: 300 }, (_, i) =>
    ago((i % 7) / 10, {
      actor_id: pick(i),
      event_id: pick(i >> 1),
      plugin_id: pick(i >> 2),
      action_type: i % 3 ? pick(i >> 3) : null,
      query_type: i % 5 ? pick(i) : null,
      request_method: i % 2 ? 'GET' : null,
      request_url: i % 4 ? `/${pick(i)}` : null,
      severity_level: i % 6 ? 'low' : 'high',
      status: i % 7 ? 'succeeded' : 'failed',
    }),
  );
  await insert(...rows);
  const rules: Rule[] = [
    { actorId: 'a', eventId: '?' },
    { actorId: '*/*', actionType: '*' },
    { requestMethod: 'G*', queryType: 'plugin:*' },
    { requestPath: '/**', severityLevel: 'high' },
    { pluginId: 'b', status: 'failed' },
    { actorId: 'a/*', requestPath: '/a//b' },
  ];
  const sets = [
    rules.slice(0, 1),
    rules.slice(3, 5),
    rules.slice(4, 5),
    rules.slice(5),
    rules,
  ];
  for (const some of sets) {
    const identified = some.map((rule) => ({ id: ruleIdOf(rule), rule }));
    const set = createRuleSet(identified, []);
    const expected = rows.filter((row) =>
      set.excludedBy({
        actorId: row.actor_id,
        eventId: row.event_id,
        pluginId: row.plugin_id,
        severityLevel: row.severity_level,
        status: row.status,
        actionType: row.action_type ?? undefined,
        queryType: row.query_type ?? undefined,
        requestMethod: row.request_method ?? undefined,
        requestPath: row.request_url ?? undefined,
      }),
    );
    const found = await tryRules(identified, { budgetMs: 60_000 });
    expect(found).toMatchObject({
      complete: true,
      scanned: rows.length,
      excluded: expected.length,
    });
    expect(expected.length).toBeGreaterThan(0);
  }
});

it.each([
  [{}, 'The body must have either rule or excludeRules'],
  [
    { rule: { eventId: 'a' }, excludeRules: [] },
    'The body must have either rule or excludeRules',
  ],
  [
    { excludeRules: [] },
    'excludeRules must be a list of 1 to 1000 rules, got 0 of them',
  ],
  [
    { excludeRules: 'a' },
    'excludeRules must be a list of 1 to 1000 rules, got a string',
  ],
  [
    { excludeRules: [{ eventId: 'a' }, { event: 'a' }] },
    /^rule 2: unknown key "event"/,
  ],
  [{ rule: { event: 'a' } }, /^rule: unknown key "event"/],
  [
    { rule: { eventId: 'a' }, days: 0 },
    'days must be a whole number from 1 to 366',
  ],
  [
    { rule: { eventId: 'a' }, protectedEvents: ['low'] },
    'protectedEvents must be a list of high, critical, failed',
  ],
])('refuses %j', async (body, message) => {
  const answer = await tryOut(body);
  expect(answer.status).toBe(400);
  expect(answer.body.error.message).toEqual(
    typeof message === 'string' ? message : expect.stringMatching(message),
  );
});

it('a rule made here is in force in a receiver that runs', async () => {
  const receiver = await runReceiver(
    loadConfig({
      AUDIT_DATABASE_URL: service.database.url,
      AUDIT_RECEIVER_HTTP_PORT: '0',
      AUDIT_RECEIVER_GRPC_PORT: '0',
      AUDIT_CONFIG: '/nowhere/audit.yaml',
    }),
    pino({ level: 'silent' }),
  );
  try {
    const { body: rule } = await service.admin('POST', '/v2/rules', {
      body: { rule: { eventId: 'noise' } },
    });
    const send = async () => {
      const attributes = [
        ['audit.plugin.id', 'shop'],
        ['audit.event.id', 'noise'],
        ['audit.status', 'succeeded'],
        ['audit.severity', 'low'],
      ].map(([key, value]) => ({ key, value: { stringValue: value } }));
      const logRecords = [
        { timeUnixNano: String(Date.now() * 1e6), attributes },
      ];
      const sent = await fetch(`${receiver.url}/v1/logs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          resourceLogs: [{ scopeLogs: [{ logRecords }] }],
        }),
      });
      expect(sent.status).toBe(200);
    };
    const excluded = async () => {
      const { body } = await service.admin('GET', '/v2/rules');
      return body.data.find(({ id }: { id: string }) => id === rule.id);
    };
    while ((await excluded()).excluded.total === 0) await send();
    expect(await excluded()).toMatchObject({ in_force: true });
  } finally {
    await receiver.close();
  }
});
