import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ADMIN_TOKEN,
  startTestService,
} from '../../query-service/test/service';
import type { TestService } from '../../query-service/test/service';
import { anAuditEvent } from '../../test/src/audit-events';
import { createPlanter } from '../../test/src/planted-events';
import { jsonLines, runAudit } from './run-audit';

const DEFAULTS = [
  { actorId: 'plugin:*', eventId: 'entity-fetch' },
  { actorId: 'plugin:*', eventId: 'entity-facets' },
];

let service: TestService;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'audit-rules-'));
  service = await startTestService();
  const planter = await createPlanter(service.database.url);
  await planter.plant([
    anAuditEvent({ eventId: 'noise', severityLevel: 'low' }),
    anAuditEvent({ eventId: 'noise', severityLevel: 'low' }),
    anAuditEvent({ eventId: 'task', severityLevel: 'high' }),
    anAuditEvent({ eventId: 'task', status: 'failed' }),
  ]);
  await planter.close();
});
afterEach(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

const audit = (...args: string[]) =>
  runAudit(['rules', ...args], {
    AUDIT_URL: service.url,
    AUDIT_API_TOKEN: ADMIN_TOKEN,
  });
function fileOf(yaml: string): string {
  const path = join(folder, 'rules.yaml');
  writeFileSync(path, yaml);
  return path;
}
const rulesThere = async () =>
  (await service.admin('GET', '/v2/rules')).body.data.map(
    ({ rule }: { rule: object }) => rule,
  );

it('lists the rules for people, for programs, and to be applied again', async () => {
  const { stdout } = await audit('list');
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(
      /^RULE +FROM +IN FORCE +KEPT OUT \(30d\) +CHANGED BY +WHY$/,
    ),
    expect.stringMatching(
      /^actorId: plugin:\*, eventId: entity-fetch +database  not yet +0 +default +Plugins read/,
    ),
    expect.stringMatching(/^actorId: plugin:\*, eventId: entity-facets/),
    '',
  ]);
  const json = await audit('list', '--json');
  expect(jsonLines(json.stdout).map(({ rule }) => rule)).toEqual(DEFAULTS);
  const yaml = await audit('list', '--yaml');
  const again = await audit('apply', fileOf(yaml.stdout));
  expect([again.code, again.stdout]).toEqual([
    0,
    '0 rules to add, 0 to remove, 2 stay as they are.\n',
  ]);
});

it.each<[string, string[], number, string]>([
  ['only noise', ['--event', 'noise'], 0, '2 of 4 events'],
  ['what is high or failed', ['--event', 'task'], 1, '2 of 4 events'],
  [
    'nothing that is protected',
    ['--event', 'task', '--protect', 'high', 'failed'],
    0,
    '0 of 4 events',
  ],
  [
    'nothing that is protected in part',
    ['--event', 'task', '--protect', 'high'],
    1,
    '1 of 4 events',
  ],
  [
    'nothing of others',
    ['--event', 'noise', '--actor', 'plugin:*'],
    0,
    '0 of 4 events',
  ],
  [
    'everything',
    ['--event', '*', '--acknowledge-broad', '--days', '2'],
    1,
    '4 of 4 events',
  ],
])('test: a rule that keeps out %s', async (_name, args, code, counts) => {
  const ran = await audit('test', ...args);
  expect([ran.code, ran.stderr]).toEqual([code, '']);
  expect(ran.stdout.startsWith(counts)).toBe(true);
});

it('test: says which events, by which rule, and warns', async () => {
  const { code, stdout } = await audit(
    'test',
    fileOf('excludeRules:\n  - eventId: task\n  - { eventId: noise }\n'),
  );
  expect(code).toBe(1);
  expect(stdout).toMatch(/^By severity: .*low 2/m);
  expect(stdout).toMatch(/^By status: .*failed 1/m);
  expect(stdout).toMatch(/^eventId: task +2$/m);
  expect(stdout).toMatch(
    /^Warning: 1 of the events have the severity high or critical; /m,
  );
  expect(stdout.match(/ catalog\/(task|noise) /g)).toHaveLength(4);
});

it('test: holds to the protected events of a file, and has all of it as JSON', async () => {
  const path = fileOf(
    'protectedEvents: [high, failed]\nexcludeRules:\n  - eventId: task\nAUDIT_QUERY_PORT: 7420\n',
  );
  const { code, stdout } = await audit('test', path, '--json');
  expect([code, jsonLines(stdout)]).toEqual([
    0,
    [expect.objectContaining({ excluded: 0, complete: true })],
  ]);
});

it.each<[string, string[], string]>([
  [
    'nothing',
    ['test'],
    'give either a file with rules, or the patterns of one rule',
  ],
  ['both', ['test', 'x.yaml', '--event', 'y'], 'give either a file with rules'],
  [
    'no file',
    ['test', '/nowhere.yaml'],
    'cannot read the rules in /nowhere.yaml: ENOENT',
  ],
  [
    'a rule that is refused',
    ['test', '--event', '*'],
    'the service answered 400: rule 1: ',
  ],
])('test: %s is wrong usage', async (_name, args, message) => {
  const { code, stdout, stderr } = await audit(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.startsWith(`audit: ${message}`)).toBe(true);
});

it.each([
  ['no YAML', 'excludeRules: [', 'cannot read the rules in '],
  ['no rules', 'rules: []', 'must have excludeRules with a list of rules'],
  [
    'no list',
    'excludeRules: { eventId: x }',
    'must have excludeRules with a list',
  ],
  ['words', 'excludeRules: [task]', 'must have excludeRules with a list'],
])('a file with %s is wrong usage', async (_name, yaml, message) => {
  const { code, stderr } = await audit('apply', fileOf(yaml), '--yes');
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  expect(await rulesThere()).toEqual(DEFAULTS);
});

it('apply: shows what changes and what it would have kept out, then does it', async () => {
  const path = fileOf(
    'excludeRules:\n  - { eventId: entity-fetch, actorId: "plugin:*" }\n  - eventId: task\n',
  );
  const { code, stdout, stderr } = await audit('apply', path, '--yes');
  expect(code).toBe(0);
  expect(stdout.split('\n').slice(0, 5)).toEqual([
    '- actorId: plugin:*, eventId: entity-facets',
    '+ eventId: task',
    '1 rules to add, 1 to remove, 1 stay as they are.',
    '',
    expect.stringMatching(/^2 of 4 events from .* would have been kept out\.$/),
  ]);
  expect(stderr).toBe(
    'audit: 1 rules added, 1 removed; in force in every receiver within two seconds\n',
  );
  expect(await rulesThere()).toEqual([DEFAULTS[0], { eventId: 'task' }]);
});

it('apply: changes nothing when there is nobody to ask', async () => {
  const { code, stderr } = await audit('apply', fileOf('excludeRules: []'));
  expect([code, stderr]).toEqual([
    2,
    'audit: there is nobody to ask: say --yes to change the rules\n',
  ]);
  expect(await rulesThere()).toEqual(DEFAULTS);
});

it('apply: refuses a file that has more than rules, with line and reason', async () => {
  const path = fileOf(
    'protectedEvents: [high]\nexcludeRules:\n  - eventId: task\n',
  );
  const { code, stderr } = await audit('apply', path, '--yes');
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('line 1: expected no key but excludeRules'),
  ]);
});
