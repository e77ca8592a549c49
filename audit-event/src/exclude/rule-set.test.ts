import fc from 'fast-check';
import type { AuditEvent } from '../index';
import { minimatch } from 'minimatch';
import { anAuditEvent } from '../../../test/src/audit-events';
import { ruleIdOf, ruleKeys, subjectOf } from './rule';
import type { Rule } from './rule';
import { createRuleSet } from './rule-set';

const setOf = (...rules: Rule[]) =>
  createRuleSet(
    rules.map((rule) => ({ id: ruleIdOf(rule), rule })),
    [],
  );
const word = fc.constantFrom('a', 'b', 'ab', 'a/b');
const pattern = fc.constantFrom('a', 'b', '*', 'a*', '*/*', '**', '?');
const rule: fc.Arbitrary<Rule> = fc
  .dictionary(fc.constantFrom(...ruleKeys), pattern, { minKeys: 1, maxKeys: 3 })
  .map((keys) => ({ ...keys }));
const event: fc.Arbitrary<AuditEvent> = fc
  .record({
    actorId: word,
    eventId: word,
    pluginId: word,
    actionType: fc.option(word, { nil: undefined }),
    path: fc.option(word, { nil: undefined }),
  })
  .map(({ actorId, eventId, pluginId, actionType, path }) =>
    anAuditEvent({
      actor: { type: 'user', id: actorId },
      eventId,
      pluginId,
      actionType,
      request: { path },
    }),
  );

describe('createRuleSet', () => {
  it('names the first rule all of whose patterns match, asked in any order', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 4 }),
        fc.array(event, { maxLength: 8 }),
        (rules, events) => {
          const set = setOf(...rules);
          for (const one of events) {
            const first = rules.find((patterns) =>
              Object.entries(patterns).every(([key, glob]) => {
                const value = subjectOf(one)[key as keyof Rule];
                return (
                  value !== undefined && minimatch(value, glob!, { dot: true })
                );
              }),
            );
            expect(set.excludedBy(subjectOf(one))).toBe(
              first && ruleIdOf(first),
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each<[string, Rule, Partial<AuditEvent>, boolean]>([
    [
      'actor and event',
      { actorId: 'user:*/*', eventId: 'entity-mutate' },
      {},
      true,
    ],
    [
      'an event of another actor',
      { actorId: 'plugin:*', eventId: 'entity-mutate' },
      {},
      false,
    ],
    [
      'an action that the event has',
      { actionType: 'create' },
      { actionType: 'create' },
      true,
    ],
    ['any action, of an event without one', { actionType: '*' }, {}, false],
    [
      'method and path',
      { requestMethod: 'GET', requestPath: '/api/**' },
      { request: { method: 'GET', path: '/api/a/b' } },
      true,
    ],
    [
      'status and severity',
      { status: 'failed', severityLevel: 'low' },
      { status: 'failed', severityLevel: 'low' },
      true,
    ],
    [
      'an event of the audit log itself',
      { pluginId: 'audit-*' },
      { pluginId: 'audit-log' },
      false,
    ],
  ])('decides a rule for %s', (_, rule, overrides, expected) => {
    const id = setOf(rule).excludedBy(subjectOf(anAuditEvent(overrides)));
    expect(id).toBe(expected ? ruleIdOf(rule) : undefined);
  });

  it.each<[string, Partial<AuditEvent>, boolean]>([
    ['critical', { severityLevel: 'critical' }, true],
    ['critical', { severityLevel: 'high' }, false],
    ['high', { severityLevel: 'high' }, true],
    ['failed', { status: 'failed' }, true],
    ['failed', { status: 'succeeded' }, false],
  ])(
    'with protectedEvents %s, an event with %j is kept: %s',
    (kind, overrides, kept) => {
      const rules = createRuleSet(
        [{ id: 'all', rule: { eventId: 'entity-*' } }],
        [kind as never],
      );
      expect(
        rules.excludedBy(subjectOf(anAuditEvent(overrides))) === undefined,
      ).toBe(kept);
    },
  );

  it('has a hash that tells sets apart', () => {
    const hash = (rules: Rule[], kinds: ('high' | 'failed')[] = []) =>
      Buffer.from(
        createRuleSet(
          rules.map((rule) => ({ id: ruleIdOf(rule), rule })),
          kinds,
        ).hash,
      ).toString('hex');
    const all = [
      hash([]),
      hash([{ eventId: 'a' }]),
      hash([{ eventId: 'b' }]),
      hash([], ['high']),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(hash([{ eventId: 'a' }])).toBe(all[1]);
  });

  it('decides the same after more pairs than it remembers', () => {
    const rules = setOf({ actorId: 'user:1' });
    const excluded = (id: string) =>
      rules.excludedBy(
        subjectOf(anAuditEvent({ id: 'x', actor: { type: 'user', id } })),
      );
    const before = excluded('user:1');
    for (let i = 2; i < 25_000; i++)
      expect(excluded(`user:${i}`)).toBe(undefined);
    expect(excluded('user:1')).toBe(before);
    expect(before).toBeDefined();
  });
});
