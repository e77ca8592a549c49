import fc from 'fast-check';
import { parseJson, printJson } from '../api/json';
import { lineDiff } from '../text/line-diff';
import { curlOf, sqlOf } from './copy-texts';
import { changesOf } from './changes-of';
import { metaField } from './meta-field';
import { pairLines } from './pair-lines';

describe('what changed', () => {
  it.each([
    [
      'a JSON Patch',
      { patch: [{ op: 'replace', path: '/a', value: 2 }] },
      [{ path: '/a', operation: 'replace', before: undefined, after: 2 }],
    ],
    [
      'a JSON Patch that says what was there',
      {
        patch: [
          { op: 'test', path: '/a', value: 1 },
          { op: 'replace', path: '/a', value: 2 },
          { op: 'move', path: '/b', from: '/c' },
        ],
      },
      [
        { path: '/a', operation: 'replace', before: 1, after: 2 },
        { path: '/b', operation: 'move', before: '/c', after: undefined },
      ],
    ],
    [
      'names that every object has',
      { before: {}, after: { constructor: 1 } },
      [{ path: '/constructor', operation: 'add', before: undefined, after: 1 }],
    ],
    [
      'before and after',
      {
        before: { a: 1, b: { c: 1, d: 1 } },
        after: { b: { c: 2, d: 1 }, 'e/f': 3 },
      },
      [
        { path: '/a', operation: 'remove', before: 1, after: undefined },
        { path: '/b/c', operation: 'replace', before: 1, after: 2 },
        { path: '/e~1f', operation: 'add', before: undefined, after: 3 },
      ],
    ],
  ])('is read from %s', (_name, meta, expected) => {
    expect(changesOf(meta)?.changes).toEqual(expected);
  });

  it.each([
    [{}],
    [{ list: [{ op: 'dance', path: '/a' }] }],
    [{ before: 1, after: 2 }],
    [{ list: [] }],
  ])('is not made up from %j', (meta) => {
    expect(changesOf(meta)).toBeUndefined();
  });
});

it('has what was removed beside what was added in its place', () => {
  const diff = lineDiff('a\nb\nc\nd', 'a\nx\nd\ne');
  expect(
    pairLines(diff).map(({ before = '', after = '', isSame }) =>
      [before, isSame ? '=' : '|', after].join(''),
    ),
  ).toEqual(['a=a', 'b|x', 'c|', 'd=d', '|e']);
});

it.each([
  [['owner', 'team'], 'meta.owner.team'],
  [['a.b', 'c\\d'], String.raw`meta.a\.b.c\\d`],
  [['list', '0'], 'meta.list.0'],
  [['a', ''], undefined],
  [['a!'], undefined],
  [[], undefined],
])('filters by %j as %s', (path, expected) => {
  expect(metaField(path)).toBe(expected);
});

it('prints JSON so that it is read back the same, with all digits', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      expect(JSON.parse(printJson(value))).toEqual(
        JSON.parse(JSON.stringify(value)),
      );
    }),
  );
  expect(printJson(parseJson('{"n":12345678901234567890}'))).toBe(
    '{\n  "n": 12345678901234567890\n}',
  );
});

it('quotes what a shell and a database would take for their own', () => {
  const event = { id: "it's", event_time: '2026-01-15T10:30:00.000Z' };
  expect(curlOf(event, 'https://audit.example.com')).toContain(
    'https://audit.example.com/api/audit-log/v2/events/it%27s?',
  );
  expect(sqlOf(event)).toContain("id = 'it''s'");
});
