import { isJsonObject } from 'audit-event';
import type { JsonValue } from 'audit-event';
import fc from 'fast-check';
import { cleanJson } from './clean-json';

class Money {
  readonly amount = 5;
  get broken(): never {
    throw new Error('no');
  }
}
const circular: Record<string, unknown> = { a: 1 };
circular['self'] = circular;
const sharedPart = { x: 1 };
const hostile = new Proxy(
  {},
  {
    ownKeys() {
      throw new Error('no');
    },
  },
);

describe('cleanJson', () => {
  it.each<[string, unknown, JsonValue]>([
    ['a Date as ISO text', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['an invalid Date as null', new Date(NaN), null],
    ['a BigInt as digits', 2n ** 70n, '1180591620717411303424'],
    ['a Map with text keys as object', new Map([['k', 1n]]), { k: '1' }],
    ['any other Map as pairs', new Map([[1, 'a']]), [[1, 'a']]],
    ['a Set as array', new Set([1, undefined]), [1, null]],
    [
      'an Error as name and message, secrets replaced',
      new TypeError('token=abc'),
      { name: 'TypeError', message: 'token=REDACTED' },
    ],
    ['bytes tagged', new Uint8Array([0, 1, 2]), { $bytes: 'AAEC' }],
    ['a Buffer tagged', Buffer.from('a'), { $bytes: 'YQ==' }],
    ['NaN tagged', NaN, { $double: 'NaN' }],
    ['an infinity tagged', -Infinity, { $double: '-Infinity' }],
    ['minus zero tagged', -0, { $double: '-0' }],
    ['a regular expression as text', /a+/i, '/a+/i'],
    ['a URL by its toJSON', new URL('http://a/b'), 'http://a/b'],
    ['a boxed text as text', Object('x'), 'x'],
    ['holes and undefined in arrays as null', [1, undefined, 3], [1, null, 3]],
    ['well-formed text', 'a\ud800b\0', 'a\ufffdb\u2400'],
    ['a shared part twice', [sharedPart, sharedPart], [{ x: 1 }, { x: 1 }]],
    ['what contains itself', circular, { a: 1, self: '[circular]' }],
    ['an object that cannot be listed', hostile, '[unreadable]'],
    ['an instance by its own properties', new Money(), { amount: 5 }],
    [
      'a getter that throws',
      {
        get bad(): never {
          throw new Error('no');
        },
        good: 1,
      },
      { bad: '[unreadable]', good: 1 },
    ],
  ])('gives %s', (_, value, expected) => {
    const { meta, truncated } = cleanJson({ value });
    expect(meta['value']).toEqual(expected);
    expect(truncated).toBe(false);
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
  ])('leaves out %s', (_, value) => {
    expect(cleanJson({ value, b: 1 }).meta).toEqual({ b: 1 });
  });

  it('makes keys well-formed and takes __proto__ as data', () => {
    const { meta } = cleanJson(
      JSON.parse('{"__proto__":{"a":1},"k\\u0000":2}'),
    );
    expect(Object.keys(meta)).toEqual(['__proto__', 'k\u2400']);
    expect(meta).not.toHaveProperty('a');
    expect('constructor' in meta).toBe(false);
  });

  it('keeps meta that is no object under the key value', () => {
    expect(cleanJson('text').meta).toEqual({ value: 'text' });
    expect(cleanJson(null).meta).toEqual({});
  });

  it.each<[string, unknown, object]>([
    ['depth', deep(40), { maxDepth: 4 }],
    ['number of values', Array.from({ length: 9 }, Number), { maxValues: 5 }],
    ['bytes', { a: 'x'.repeat(50), b: 'y'.repeat(50), c: 1 }, { maxBytes: 90 }],
    ['bytes of a text', 'x'.repeat(300), { maxStringBytes: 200 }],
    ['length of an array of holes', new Array(4e9), {}],
    ['size of bytes', new Uint8Array(100), { maxStringBytes: 40 }],
  ])('cuts what is beyond the limit on %s, and says so', (_, value, limits) => {
    const { meta, truncated } = cleanJson({ value }, limits);
    expect(truncated).toBe(true);
    expect(JSON.stringify(meta).length).toBeLessThan(200_000);
  });

  it('tells the size and hash of a text that it cut', () => {
    const { meta } = cleanJson({ a: 'x'.repeat(300) }, { maxStringBytes: 200 });
    expect(meta['a']).toMatch(
      /^x+…\[truncated: 300 bytes, sha256 [0-9a-f]{64}\]$/,
    );
    expect(Buffer.byteLength(meta['a'] as string)).toBeLessThanOrEqual(200);
  });

  it('gives well-formed JSON of anything, and leaves JSON as it is', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withSparseArray: true,
          withTypedArray: true,
          withNullPrototype: true,
          withBoxedValues: true,
          maxDepth: 4,
        }),
        (value) => {
          const { meta } = cleanJson({ value });
          expect(isCleanJson(meta)).toBe(true);
          expect(cleanJson(meta).meta).toEqual(meta);
        },
      ),
      { numRuns: 300 },
    );
  });
});

function deep(levels: number): unknown {
  return levels === 0 ? 'end' : { next: deep(levels - 1) };
}

function isCleanJson(value: JsonValue): boolean {
  if (typeof value === 'string')
    return value.isWellFormed() && !value.includes('\0');
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0);
  if (Array.isArray(value)) return value.every(isCleanJson);
  if (!isJsonObject(value)) return value === null || typeof value === 'boolean';
  return Object.entries(value).every(
    ([k, v]) => isCleanJson(k) && isCleanJson(v),
  );
}
