import {
  parseRules,
  ruleKeys,
  ruleLines,
  writtenRule,
} from 'audit-event/exclude';
import fc from 'fast-check';
import type { WrittenRule } from '../../api/rules';
import { addRule, removeRule, replaceRule } from './edit-text';
import type { RulesInText } from './edit-text';

/** What the API would answer, by its own code. */
function rulesIn(text: string): RulesInText {
  const parsed = parseRules(text, { rulesOnly: true });
  if (parsed.status === 'invalid') throw new Error(parsed.reason);
  const lines = ruleLines(text);
  return {
    text,
    rules: parsed.rules.map(({ rule }, i) => ({
      rule: writtenRule(rule),
      ...lines[i]!,
    })),
  };
}
const said = (text: string) =>
  rulesIn(text).rules.map(({ rule, comment }) => ({ rule, comment }));

const TASK = { rule: { eventId: 'task' }, comment: 'dry runs' };

it.each([
  [
    'an empty list',
    'excludeRules: []',
    'excludeRules:\n  # dry runs\n  - eventId: task\n',
  ],
  [
    'an empty list below a comment',
    '# ours\nexcludeRules: []\n',
    '# ours\nexcludeRules:\n  # dry runs\n  - eventId: task\n',
  ],
  [
    'a list without indentation',
    'excludeRules:\n- eventId: a\n# end\n',
    'excludeRules:\n- eventId: a\n# dry runs\n- eventId: task\n# end\n',
  ],
  [
    'a list in brackets, which is written anew',
    'excludeRules: [{eventId: a}]',
    'excludeRules:\n  - eventId: a\n  # dry runs\n  - eventId: task\n',
  ],
])('adds a rule to %s', (_name, text, expected) => {
  expect(addRule(rulesIn(text), TASK)).toBe(expected);
});

it('replaces and removes a rule with its comment, and leaves the rest as it is written', () => {
  const text = `# head
excludeRules:
    # of one
    - eventId: one   # here
    # of two
    # and more
    - { eventId: two,
        status: failed }

    - eventId: three
`;
  expect(replaceRule(rulesIn(text), 1, TASK)).toBe(
    text.replace(/ {4}# of two[^}]*}/, '    # dry runs\n    - eventId: task'),
  );
  expect(removeRule(rulesIn(text), 1)).toBe(
    text.replace(/ {4}# of two[^}]*}\n/, ''),
  );
  expect(removeRule(rulesIn('excludeRules:\n  - eventId: a\n'), 0)).toBe(
    'excludeRules: []\n',
  );
});

const rule: fc.Arbitrary<WrittenRule> = fc
  .dictionary(
    fc.constantFrom(...ruleKeys.filter((key) => !/severity|status/.test(key))),
    fc.oneof(
      fc.string({ minLength: 1, maxLength: 12 }),
      fc.constantFrom(
        'plugin:*',
        'user:*/*',
        'true',
        'null',
        '1',
        '- a',
        '# a',
        '*',
        'a: b',
        '@x',
        'a*',
      ),
    ),
    { minKeys: 1 },
  )
  .map((one) => writtenRule(one))
  .filter(
    (one) =>
      parseRules(JSON.stringify({ excludeRules: [one] })).status === 'valid',
  );

it('writes every rule that the API takes so that it is read as the same', () => {
  fc.assert(
    fc.property(
      fc.array(rule, { maxLength: 5 }),
      rule,
      fc.nat(),
      (all, one, at) => {
        let text = 'excludeRules: []\n';
        for (const rule of all)
          text = addRule(rulesIn(text), { rule, comment: null });
        expect(said(text)).toEqual(
          all.map((rule) => ({ rule, comment: null })),
        );
        if (all.length === 0) return;
        const index = at % all.length;
        const changed = { rule: one, comment: 'why' };
        expect(said(replaceRule(rulesIn(text), index, changed))[index]).toEqual(
          changed,
        );
        expect(said(removeRule(rulesIn(text), index))).toEqual(
          all.toSpliced(index, 1).map((rule) => ({ rule, comment: null })),
        );
      },
    ),
  );
});
