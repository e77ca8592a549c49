import type { AuditEvent } from 'audit-event';
import { API_TOKEN, startTestService } from '../../query-service/test/service';
import type { TestService } from '../../query-service/test/service';
import { anAuditEvent } from '../../test/src/audit-events';
import { createPlanter } from '../../test/src/planted-events';
import type { Planter } from '../../test/src/planted-events';
import { jsonLines, runAudit } from './run-audit';

const HOUR_NS = 3_600_000_000_000n;
const now = BigInt(Date.now()) * 1_000_000n;

let service: TestService;
let planter: Planter;
beforeAll(async () => {
  service = await startTestService();
  planter = await createPlanter(service.database.url);
});
afterAll(async () => {
  await planter.close();
  await service.close();
});

const audit = (...args: string[]) =>
  runAudit(['query', ...args], {
    AUDIT_URL: service.url,
    AUDIT_API_TOKEN: API_TOKEN,
  });
/** Each test has a plugin of its own. */
async function plant(plugin: string, some: Partial<AuditEvent>[]) {
  const events = some.map((fields, i) =>
    anAuditEvent({
      pluginId: plugin,
      time: now - BigInt(i) * 1_000_000n,
      ...fields,
    }),
  );
  await planter.plant(events);
  return events.map(({ id }) => id);
}
const idsIn = (ndjson: string) => jsonLines(ndjson).map(({ id }) => id);

const john = { type: 'user', id: 'user:default/john' } as const;
const rows: Partial<AuditEvent>[] = [
  { actor: john, status: 'failed', entityRef: 'component:default/shop' },
  { actor: { type: 'service', id: 'plugin:search' }, severityLevel: 'low' },
  { actor: john, severityLevel: 'high', meta: { owner: { team: 'shop' } } },
  { eventId: 'task', status: 'initiated', time: now - 5n * HOUR_NS },
];

let ids: string[];
beforeAll(async () => {
  ids = await plant('filters', rows);
});

it.each<[string, string[], number[]]>([
  ['nothing', [], [0, 1, 2, 3]],
  ['an actor', ['--actor', 'plugin:search'], [1]],
  ['the beginning of an actor', ['--actor', 'plugin:*'], [1]],
  ['not an actor', ['--not-actor', 'user:*'], [1]],
  [
    'one of two',
    ['--event', 'task', '--severity', 'low', '--not-status', 'failed'],
    [],
  ],
  [
    'one of two severities',
    ['--severity', 'low', '--severity', 'high'],
    [1, 2],
  ],
  ['none of two severities', ['--not-severity', 'low,high'], [0, 3]],
  ['a status', ['--status', 'failed'], [0]],
  ['an entity', ['--entity', 'component:*'], [0]],
  ['meta', ['--meta', 'owner.team=shop'], [2]],
  [
    'not that meta',
    ['--meta', 'owner.team!=shop', '--status', 'succeeded'],
    [1],
  ],
  [
    'any other filter',
    ['--where', 'has!=entity_ref', '--where', 'actor_type!=user'],
    [1],
  ],
  ['a word', ['-q', 'SHOP'], [0, 2]],
  ['the last hours', ['--since', '4h'], [0, 1, 2]],
  ['before the last hours', ['--until', '4h'], [3]],
  ['the oldest first', ['--oldest'], [3, 2, 1, 0]],
])('finds by %s', async (_name, args, expected) => {
  const { code, stdout } = await audit(
    '--plugin',
    'filters',
    '--json',
    ...args,
  );
  expect(code).toBe(0);
  expect(idsIn(stdout)).toEqual(expected.map((i) => ids[i]));
});

it('shows a table to people, in the order of who did what to what and how it went', async () => {
  const { stdout, stderr } = await audit('--plugin', 'filters', '--limit', '2');
  const [head, first, second, ...others] = stdout.split('\n');
  expect(head).toMatch(
    /^TIME \(UTC\) +ACTOR +EVENT +ENTITY +OUTCOME +SEVERITY$/,
  );
  expect(first).toMatch(
    /^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}  user:default\/john +filters\/entity-mutate +component:default\/shop +failed +medium$/,
  );
  expect(second).toMatch(/plugin:search .* succeeded +low$/);
  expect(others).toEqual(['']);
  expect(stderr).toBe(
    'audit: 2 events shown, there are 4; --limit shows more, --all all of them\n',
  );
});

it('fits into the columns there are', async () => {
  await plant('a-plugin-with-quite-a-long-name', [
    { entityRef: `component:default/${'x'.repeat(300)}`, actor: john },
  ]);
  const { stdout } = await runAudit(['query', '--plugin', 'a-plugin-with*'], {
    AUDIT_URL: service.url,
    AUDIT_API_TOKEN: API_TOKEN,
    COLUMNS: '100',
  });
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  expect(lines[1]).toMatch(/…x+ +succeeded +medium$/);
});

it('follows the pages to the end, and shows nothing twice', async () => {
  const many = await plant(
    'many',
    Array.from({ length: 2_300 }, () => ({})),
  );
  const all = await audit('--plugin', 'many', '--all', '--json');
  expect(idsIn(all.stdout)).toEqual(many);
  expect(all.stderr).toBe('');
  const some = await audit('--plugin', 'many', '--limit', '1500', '--json');
  expect(idsIn(some.stdout)).toEqual(many.slice(0, 1_500));
  expect(some.stderr).toContain('1500 events shown, there are 2300');
});

it('lets nothing through to the terminal that it would obey, and tells programs exactly what is there', async () => {
  const hostile = '\u001b[2J\u009b31m\u202eevil\r\nrow two\u2028\u200b';
  await plant('hostile', [
    { actor: { type: 'user', id: hostile }, meta: { text: hostile } },
  ]);
  const table = await audit('--plugin', 'hostile');
  // oxlint-disable-next-line no-control-regex -- these are what must not be there
  const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e\u2028]/;
  expect(table.stdout).not.toMatch(obeyed);
  expect(table.stdout.split('\n')).toHaveLength(3);
  expect(table.stdout).toContain(
    String.raw`\u{1b}[2J\u{9b}31m\u{202e}evil\r\nrow two\u{2028}\u{200b}`,
  );
  const json = await audit('--plugin', 'hostile', '--json');
  expect(json.stdout).not.toMatch(obeyed);
  expect(jsonLines(json.stdout)[0]).toMatchObject({
    actor_id: hostile,
    meta: { text: hostile },
  });
});

it('keeps all digits of the numbers in meta', async () => {
  await plant('digits', [{}]);
  await service.database.pool.query(
    `update audit.event set meta = '{"n": 12345678901234567890.12345678901234567890}' where plugin_id = 'digits'`,
  );
  const { stdout } = await audit('--plugin', 'digits', '--json');
  expect(stdout).toContain(
    '"meta":{"n":12345678901234567890.12345678901234567890}',
  );
});

it('says when there is nothing', async () => {
  expect(await audit('--plugin', 'nobody')).toEqual({
    code: 0,
    signal: null,
    stdout: '',
    stderr:
      'audit: no events found: ask for a longer time, or with fewer filters\n',
  });
});

it.each<[string, string[], string]>([
  [
    'a status that there is not',
    ['--status', 'odd'],
    'the service answered 400: status must be one of initiated, succeeded, failed, got "odd"',
  ],
  [
    'a field that there is not',
    ['--where', 'odd=1'],
    'the service answered 400: expected no parameters but',
  ],
  [
    'a filter without a value',
    ['--actor', ''],
    "--actor must have a value; for what is absent say --where 'has!=actor_id'",
  ],
  [
    'a filter that is no assignment',
    ['--meta', 'team'],
    '--meta must be a name and a value such as owner.team=shop, got "team"',
  ],
  [
    'a time without zone',
    ['--since', '2026-01-15T10:30'],
    '--since must be a duration such as 2h or 7d',
  ],
])(
  'refuses %s in one sentence, as wrong usage',
  async (_name, args, message) => {
    const { code, stdout, stderr } = await audit(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.startsWith(`audit: ${message}`)).toBe(true);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  },
);
