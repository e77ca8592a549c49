import { ruleIdOf } from 'audit-event/exclude';
import type { Rule } from 'audit-event/exclude';
import type { RuleRow } from 'audit-event/store';
import { compareRules, refuseSame } from './same-rule';

const identified = (rule: Rule) => ({ id: ruleIdOf(rule), rule });
const row = (id: string, rule: Rule) => ({ id, rule }) as RuleRow;
const ids = (rules: readonly { id: string }[]) => rules.map(({ id }) => id);

describe('compareRules', () => {
  it('keeps what says the same, whatever the order of its keys', () => {
    const there = [
      row('one', { actorId: 'a', eventId: 'b' }),
      row('two', { actorId: 'a' }),
      row('three', { eventId: 'c' }),
    ];
    const added = identified({ eventId: 'new' });
    const same = identified({ eventId: 'b', actorId: 'a' });
    const { kept, gone, missing } = compareRules(there, [added, same]);
    expect(ids(kept)).toEqual(['one']);
    expect(ids(gone)).toEqual(['two', 'three']);
    expect(missing).toEqual([added]);
  });

  it.each([
    ['an unknown key', { eventId: 'a', actor: 'x' }, { eventId: 'a' }],
    [
      'a pattern that is no text',
      { eventId: 'a', status: 1 },
      { eventId: 'a' },
    ],
    [
      'a broad one that nobody acknowledged',
      { actorId: '*' },
      { actorId: '*' },
    ],
  ])(
    'replaces a rule that receivers leave out: %s',
    (_, rule: object, repaired: Rule) => {
      const there = [row('one', rule)];
      const wanted = [identified(repaired)];
      const { kept, gone, missing } = compareRules(there, wanted);
      expect([ids(kept), ids(gone), missing]).toEqual([[], ['one'], wanted]);
      expect(() => refuseSame(there, repaired)).not.toThrow();
    },
  );

  it('looks at each rule as often among a thousand as alone', () => {
    let looks = 0;
    const looksOf = (count: number) => {
      looks = 0;
      const there = Array.from({ length: count }, (_, i) => {
        const rule = {
          get eventId() {
            looks += 1;
            return `event-${i}`;
          },
        };
        return row(String(i), rule);
      });
      const wanted = there.map((_, i) =>
        identified({ eventId: i % 2 ? `event-${i}` : `new-${i}` }),
      );
      expect(compareRules(there, wanted).kept).toHaveLength(
        Math.floor(count / 2),
      );
      return looks;
    };
    expect(looksOf(1_000)).toBe(looksOf(1) * 1_000);
  });
});

describe('refuseSame', () => {
  const there = [row('one', { actorId: 'a', eventId: 'b' })];

  it('names the rule that says the same', () => {
    expect(() => refuseSame(there, { eventId: 'b', actorId: 'a' })).toThrow(
      'The rule is there already, as one',
    );
  });

  it.each([
    ['another rule', { actorId: 'a' }, undefined],
    ['the rule itself', { eventId: 'b', actorId: 'a' }, 'one'],
  ])('lets %s pass', (_, rule, exceptId) => {
    expect(() => refuseSame(there, rule, exceptId)).not.toThrow();
  });
});
