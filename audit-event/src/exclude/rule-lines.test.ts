import { ruleLines } from './rule-lines';

it.each([
  [
    'a rule on one line',
    'excludeRules:\n  - eventId: task\n',
    [{ line: 2, end_line: 2, comment: null }],
  ],
  [
    'rules of several lines, with comments of one and of two lines',
    'excludeRules:\n  # noise\n  - actorId: plugin:*\n    eventId: a\n\n  # one\n  #  two \n  - eventId: b\n    status: failed\n',
    [
      { line: 3, end_line: 4, comment: 'noise' },
      { line: 8, end_line: 9, comment: 'one\n two' },
    ],
  ],
  [
    'a comment that an empty line parts from the rule',
    'excludeRules:\n  # of all\n\n  - eventId: task',
    [{ line: 4, end_line: 4, comment: null }],
  ],
  [
    'rules in braces',
    'excludeRules:\n- {eventId: a,\n   status: failed}\n- {eventId: b}\n',
    [
      { line: 2, end_line: 3, comment: null },
      { line: 4, end_line: 4, comment: null },
    ],
  ],
  [
    'a list in brackets',
    '# all\nexcludeRules: [{eventId: a}, {eventId: b}]',
    [
      { line: 2, end_line: 2, comment: null },
      { line: 2, end_line: 2, comment: null },
    ],
  ],
  ['no rule', 'excludeRules: []', []],
  ['no list', 'excludeRules:', []],
  ['nothing', '', []],
])('says where %s stands', (_name, yaml, expected) => {
  expect(ruleLines(yaml)).toEqual(expected);
});
