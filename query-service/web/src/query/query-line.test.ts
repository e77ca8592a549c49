import fc from 'fast-check';
import { completionAt } from './completion-at';
import { fieldNames, fields } from './fields';
import { formatLine } from './format-line';
import { parseLine } from './parse-line';
import { addValue, EVERYTHING } from './search';
import type { Search } from './search';
import { paramsOf, searchOf } from './search-params';

const values = fc.uniqueArray(fc.string({ minLength: 1, unit: 'binary' }), {
  minLength: 1,
  maxLength: 3,
});
const textField = fc
  .constantFrom(...fieldNames.filter((name) => fields[name].kind === 'text'))
  .chain((field) => fc.record({ field: fc.constant(field), values }));
const wordField = fc.record({
  field: fc.constant('status'),
  values: fc.subarray(['initiated', 'succeeded', 'failed'], { minLength: 1 }),
});
const has = fc.record({
  field: fc.constant('has'),
  values: fc.subarray([...fieldNames], { minLength: 1, maxLength: 3 }),
});
const meta = fc.record({
  field: fc
    .string({ minLength: 1, unit: 'binary' })
    .filter((path) => !path.endsWith('!'))
    .map((path) => `meta.${path}`),
  values,
});
const term = fc
  .string({ minLength: 1, unit: 'binary' })
  .filter((text) => !text.includes('"') && text.trim() !== '');
const searches: fc.Arbitrary<Search> = fc
  .record({
    filters: fc.array(
      fc.tuple(fc.oneof(textField, wordField, has, meta), fc.boolean()),
      { maxLength: 5 },
    ),
    terms: fc.array(term, { maxLength: 3 }),
  })
  .map(({ filters, terms }) =>
    filters.reduce<Search>(
      (search, [filter, isNegated]) =>
        addValue(search, { ...filter, isNegated }),
      { ...EVERYTHING, terms },
    ),
  );

describe('the query line', () => {
  it('says any search so that it is read back the same', () => {
    fc.assert(
      fc.property(searches, (search) => {
        expect(parseLine(formatLine(search))).toEqual({ search, problems: [] });
      }),
    );
  });

  it('reads any text without failing, and every mistake lies within it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (line) => {
        for (const { from, to } of parseLine(line).problems) {
          expect(from).toBeLessThan(to);
          expect(to).toBeLessThanOrEqual(line.length);
        }
      }),
    );
  });

  it.each([
    ['a key and a value', 'plugin:catalog', [['plugin_id', 'catalog']]],
    ['the name of the API', 'plugin_id:catalog', [['plugin_id', 'catalog']]],
    [
      'several values',
      'status:failed,succeeded',
      [
        ['status', 'failed'],
        ['status', 'succeeded'],
      ],
    ],
    ['not', '-actor:plugin:*', [['actor_id!', 'plugin:*']]],
    ['a value with spaces', 'actor:"a, b"', [['actor_id', 'a, b']]],
    ['a place in meta', 'meta.owner.team:shop', [['meta.owner.team', 'shop']]],
    ['a field that must be there', 'has:entity', [['has', 'entity_ref']]],
    ['a range of numbers', 'sequence:10..20', [['stream_seq', '10..20']]],
    ['words and phrases', 'shop "not allowed"', [['q', 'shop "not allowed"']]],
    ['a key twice', 'plugin:a plugin:a', [['plugin_id', 'a']]],
  ])('reads %s', (_name, line, params) => {
    const { search, problems } = parseLine(line);
    expect(problems).toEqual([]);
    expect(paramsOf(search)).toEqual(params);
  });

  it.each([
    ['a key that there is not', 'a user:john', 2, 11, /no key "user"/],
    ['a word that there is not', 'status:done', 0, 11, /one of initiated/],
    ['no value', 'plugin:', 0, 7, /value is missing behind plugin:/],
    [
      'an open quotation mark',
      'actor:"john',
      0,
      11,
      /quotation mark is missing/,
    ],
    ['text with a minus', '-john', 0, 5, /Text cannot be excluded/],
    ['a trace too short', 'trace:12', 0, 8, /32 hexadecimal digits/],
    ['numbers the wrong way round', 'sequence:2..1', 0, 13, /whole number/],
    ['a field of no event', 'has:hair', 0, 8, /no field "hair"/],
  ])('says what is wrong with %s', (_name, line, from, to, message) => {
    expect(parseLine(line).problems).toEqual([
      { from, to, message: expect.stringMatching(message) },
    ]);
  });
});

/** The order of parameters says nothing. */
const sorted = (params: [string, string][]) =>
  params.toSorted(([a, x], [b, y]) => a.localeCompare(b) || x.localeCompare(y));

describe('the address', () => {
  it('has any search so that it is read back the same', () => {
    fc.assert(
      fc.property(searches, (search) => {
        const address = new URLSearchParams(paramsOf(search)).toString();
        const found = searchOf(new URLSearchParams(address));
        // The API takes what stands between spaces as one term, and so does the page.
        expect(sorted(paramsOf(found))).toEqual(
          sorted(paramsOf(search)).map(([name, value]) => [
            name.toWellFormed(),
            value.toWellFormed(),
          ]),
        );
      }),
    );
  });

  it('leaves out what is no filter', () => {
    expect(
      searchOf(new URLSearchParams('range=24h&status=failed&meta.=1&x!=2')),
    ).toEqual({
      filters: [{ field: 'status', isNegated: false, values: ['failed'] }],
      terms: [],
    });
  });
});

it.each([
  ['', 0, { kind: 'key', from: 0, typed: '' }],
  ['plu', 3, { kind: 'key', from: 0, typed: 'plu' }],
  ['-plu', 4, { kind: 'key', from: 1, typed: 'plu' }],
  [
    'plugin:a,"my p',
    14,
    { kind: 'value', from: 9, typed: 'my p', field: 'plugin_id' },
  ],
  ['status:failed ', 14, { kind: 'key', from: 14, typed: '' }],
  ['user:john', 9, undefined],
])('completes %j at %d', (line, position, expected) => {
  expect(completionAt(line, position)).toEqual(expected);
});
