import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anAuditEvent } from '../../../test/src/audit-events';
import { recordingLogger } from '../../test/kit/recording-logger';
import { subjectOf } from 'audit-event/exclude';
import { watchRules } from './watch-rules';
import type { RuleWatch, WatchRulesOptions } from './watch-rules';

const id = '00000000-0000-8000-8000-000000000001';

describe('watchRules', () => {
  let folder: string;
  let file: string;
  let watch: RuleWatch | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watch-rules-'));
    file = join(folder, 'audit.yaml');
  });
  afterEach(async () => {
    watch?.close();
    watch = undefined;
    await rm(folder, { recursive: true });
  });

  const write = (...eventIds: string[]) =>
    writeFile(
      file,
      `excludeRules:\n${eventIds.map((eventId) => `  - eventId: ${eventId}\n`).join('')}`,
    );
  const start = async (options: Partial<WatchRulesOptions> = {}) => {
    const { logger, lines } = recordingLogger();
    let failures = 0;
    watch = await watchRules({
      file,
      loadDatabaseRules: () => Promise.resolve([]),
      onFailure: () => failures++,
      logger,
      ...options,
    });
    const excludes = (eventId: string) =>
      watch!.current().excludedBy(subjectOf(anAuditEvent({ eventId })));
    return { watch, lines, excludes, failures: () => failures };
  };

  it('joins the rules of the file and of the database, whose ids stay', async () => {
    await write('a');
    const { excludes } = await start({
      loadDatabaseRules: () =>
        Promise.resolve([{ id, rule: { eventId: 'b' } }]),
    });
    expect(excludes('a')).toMatch(/^[0-9a-f-]{36}$/);
    expect(excludes('b')).toBe(id);
    expect(excludes('c')).toBeUndefined();
  });

  it('takes what changed and tells of it, and nothing when nothing did', async () => {
    await write('a');
    const recorded: string[] = [];
    const { watch, excludes, lines } = await start({
      recordRuleSet: (rules) =>
        Promise.resolve(
          void recorded.push(
            JSON.stringify(rules.content.rules.map(({ rule }) => rule)),
          ),
        ),
    });
    await write('b');
    await watch.reload();
    expect(excludes('a')).toBeUndefined();
    expect(excludes('b')).toBeDefined();
    const before = watch.current();
    await watch.reload();
    expect(watch.current()).toBe(before);
    expect(lines).toEqual([
      'info: exclusion rules in force: 1',
      'info: exclusion rules in force: 1',
    ]);
    expect(recorded).toEqual(['[{"eventId":"a"}]', '[{"eventId":"b"}]']);
  });

  it.each<[string, () => Promise<void>, string]>([
    [
      'bad',
      () => writeFile(file, 'excludeRules:\n  - event: a\n'),
      'line 2: unknown key "event"',
    ],
    ['gone', () => rm(file), 'ENOENT'],
  ])(
    'keeps the last good rules of a file that is %s, says so once and recovers',
    async (_, spoil, reason) => {
      await write('a');
      const { watch, excludes, lines, failures } = await start();
      await spoil();
      await watch.reload();
      await watch.reload();
      expect(excludes('a')).toBeDefined();
      expect(failures()).toBe(2);
      expect(lines.slice(1)).toEqual([expect.stringContaining(reason)]);
      expect(lines[1]).toMatch(
        /^error: cannot take the exclusion rules, the last good ones stay: /,
      );
      await write('b');
      await watch.reload();
      expect(excludes('b')).toBeDefined();
    },
  );

  it('takes a file that is made after the start', async () => {
    const { watch, excludes } = await start();
    expect(excludes('a')).toBeUndefined();
    await write('a');
    await watch.reload();
    expect(excludes('a')).toBeDefined();
  });

  it('takes protectedEvents with the rules', async () => {
    await write('a');
    const { watch, excludes } = await start();
    expect(excludes('a')).toBeDefined();
    await writeFile(
      file,
      'protectedEvents: [high, failed]\nexcludeRules:\n  - eventId: a\n',
    );
    await watch.reload();
    const failed = anAuditEvent({ eventId: 'a', status: 'failed' });
    expect(watch.current().excludedBy(subjectOf(failed))).toBeUndefined();
    expect(excludes('a')).toBeDefined();
  });

  it.each([
    ['AUDIT_QUERRY_PORT: 1\n', 'unknown setting AUDIT_QUERRY_PORT'],
    ['protectedEvents: [medium]\n', 'protectedEvents must be one of'],
  ])(
    'refuses the whole file for a mistake beside the rules: %j',
    async (mistake, reason) => {
      await write('a');
      const { watch, excludes, lines } = await start();
      await writeFile(file, `${mistake}excludeRules:\n  - eventId: b\n`);
      await watch.reload();
      expect(excludes('b')).toBeUndefined();
      expect(excludes('a')).toBeDefined();
      expect(lines.at(-1)).toContain(`audit.yaml: ${reason}`);
    },
  );

  it('keeps the rules of a database that does not answer, and still takes those of the file', async () => {
    await write('a');
    let answer: () => Promise<{ id: string; rule: unknown }[]> = () =>
      Promise.resolve([{ id, rule: { eventId: 'd' } }]);
    const { watch, excludes, lines } = await start({
      loadDatabaseRules: () => answer(),
    });
    answer = () => Promise.reject(new Error('connection refused'));
    await write('b');
    await watch.reload();
    expect(excludes('d')).toBe(id);
    expect(excludes('b')).toBeDefined();
    expect(lines).toContain(
      'error: cannot take the exclusion rules, the last good ones stay: connection refused',
    );
  });

  it('leaves a rule out that the database has wrong, and says so once', async () => {
    await write('a');
    const rules = [
      { id, rule: { newKey: 'x' } },
      { id, rule: { eventId: 'b' } },
    ];
    const { watch, excludes, lines, failures } = await start({
      loadDatabaseRules: () => Promise.resolve(rules),
    });
    await watch.reload();
    expect(excludes('b')).toBe(id);
    expect(lines).toEqual([
      expect.stringMatching(
        `^error: cannot use exclusion rule ${id} of the database: unknown key "newKey"`,
      ),
      'info: exclusion rules in force: 2',
    ]);
    expect(failures()).toBe(2);
  });

  it('does not bring rules into force that could not be recorded', async () => {
    await write('a');
    let record = () => Promise.resolve();
    const { watch, excludes } = await start({ recordRuleSet: () => record() });
    record = () => Promise.reject(new Error('no'));
    await write('b');
    await watch.reload();
    expect(excludes('a')).toBeDefined();
    record = () => Promise.resolve();
    await watch.reload();
    expect(excludes('b')).toBeDefined();
  });

  it('refuses to start with a bad file, naming it', async () => {
    await writeFile(file, 'excludeRules: 1\n');
    await expect(start()).rejects.toThrow(
      `${file}: line 1: expected excludeRules to be a list of rules`,
    );
  });

  it('looks by itself', async () => {
    await write('a');
    const { excludes } = await start();
    await write('b');
    while (excludes('b') === undefined)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(excludes('a')).toBeUndefined();
  });
});
