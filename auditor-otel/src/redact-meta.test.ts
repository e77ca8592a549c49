import { emptyJsonObject, isJsonObject } from 'audit-event';
import type { JsonObject, JsonValue } from 'audit-event';
import fc from 'fast-check';
import { cleanJson } from './clean-json';
import { changes, diff } from './diff';
import type { PatchOperation } from './json-patch';
import { metaRedactor } from './redact-meta';
import { readMetaPaths } from './meta-paths';
import { readSettings } from './settings';

const read = (redactMeta: unknown, more: object = {}) =>
  readSettings({ redactMeta, ...more }, 'auditorOtel.', 'shop').redactMeta;
const redact = (paths: string[], meta: object, more: object = {}) =>
  read(paths, more)(cleanJson(meta).meta);

describe('redactMeta', () => {
  it.each<[string, string[], object, object]>([
    ['a key', ['pin'], { pin: 1, a: 2 }, { pin: 'REDACTED', a: 2 }],
    ['at its place only', ['pin'], { a: { pin: 1 } }, { a: { pin: 1 } }],
    [
      'a path',
      ['user.email'],
      { user: { email: 'a@b', name: 'j' }, email: 'c@d' },
      { user: { email: 'REDACTED', name: 'j' }, email: 'c@d' },
    ],
    [
      'all of an object or list',
      ['user', 'tags'],
      { user: { email: 'a@b' }, tags: [1, 2] },
      { user: 'REDACTED', tags: 'REDACTED' },
    ],
    [
      'any place of a list',
      ['items.*.pin'],
      { items: [{ pin: 1 }, { pin: 2, a: 3 }] },
      { items: [{ pin: 'REDACTED' }, { pin: 'REDACTED', a: 3 }] },
    ],
    [
      'one place of a list',
      ['items.1'],
      { items: [1, 2, 3] },
      { items: [1, 'REDACTED', 3] },
    ],
    [
      'any depth, none included',
      ['**.pin'],
      { pin: 1, a: [{ b: { pin: 2 } }] },
      { pin: 'REDACTED', a: [{ b: { pin: 'REDACTED' } }] },
    ],
    [
      'any depth in between',
      ['a.**.pin'],
      { a: { pin: 1, b: { pin: 2 } }, pin: 3 },
      { a: { pin: 'REDACTED', b: { pin: 'REDACTED' } }, pin: 3 },
    ],
    ['everything', ['*'], { a: 1, b: [2] }, { a: 'REDACTED', b: 'REDACTED' }],
    [
      'keys with dots and stars',
      [String.raw`a\.b`, String.raw`\*`, String.raw`\\`],
      { 'a.b': 1, '*': 2, '\\': 3, c: 4 },
      { 'a.b': 'REDACTED', '*': 'REDACTED', '\\': 'REDACTED', c: 4 },
    ],
    ['null and false too', ['a', 'b'], { a: null, b: false }, both('a', 'b')],
    [
      'the key __proto__',
      ['__proto__'],
      JSON.parse('{"__proto__":1}'),
      proto(),
    ],
  ])('replaces %s', (_, paths, meta, expected) => {
    expect({ ...redact(paths, meta) }).toEqual({ ...expected });
  });

  it('follows a JSON Patch as if its document stood in its place', () => {
    const meta = changes(
      { user: { email: 'a@b', age: 3 }, password: 'x', items: [{ pin: 1 }] },
      { user: { email: 'c@d', age: 4 }, items: [{ pin: 2 }, { pin: 5 }] },
    );
    const after = redact(['user.email', '**.pin'], meta);
    expect(after['patch']).toEqual([
      {
        op: 'replace',
        path: '/user/email',
        value: 'REDACTED',
        old: 'REDACTED',
      },
      { op: 'replace', path: '/user/age', value: 4, old: 3 },
      { op: 'remove', path: '/password', old: 'REDACTED' },
      {
        op: 'replace',
        path: '/items/0/pin',
        value: 'REDACTED',
        old: 'REDACTED',
      },
      { op: 'add', path: '/items/1', value: { pin: 'REDACTED' } },
    ]);
  });

  it.each<[string, (patch: PatchOperation[]) => object]>([
    ['under any key', (patch) => ({ changes: patch })],
    ['deep in other meta', (patch) => ({ order: { history: { p: patch } } })],
    ['of several', (patch) => ({ changes: [patch, []] })],
    ['that is all of the meta', (patch) => patch],
  ])('finds secrets in a patch %s', (_, metaOf) => {
    const patch = diff(
      { password: 'x', login: { apiToken: 'x' } },
      { password: 'y', login: { apiToken: 'y' }, users: [{ secret: 'y' }] },
    );
    const text = JSON.stringify(redact([], metaOf(patch)));
    expect(text).toContain('"path":"/password"');
    expect(text.match(/"REDACTED"/g)).toHaveLength(5);
    expect(text).not.toMatch(/"[xy]"/);
  });

  it.each(['user.email', 'changes.user.email', '*.user.*', '**.email'])(
    'follows the path %s into a patch under another key',
    (path) => {
      const patch = diff({ user: { email: 'a' } }, { user: { email: 'b' } });
      expect(redact([path], { changes: patch })['changes']).toEqual([
        {
          op: 'replace',
          path: '/user/email',
          value: 'REDACTED',
          old: 'REDACTED',
        },
      ]);
    },
  );

  it('follows a patch whose paths are redacted themselves', () => {
    const patch = diff({ password: 'x' }, { password: 'y' });
    const [operation] = redact(['**.path'], { patch })['patch'] as object[];
    expect(operation).toEqual({
      op: 'replace',
      path: 'REDACTED',
      value: 'REDACTED',
      old: 'REDACTED',
    });
  });

  it('follows a patch of the whole, and lets nothing through that is too deep to follow', () => {
    const patch = [
      { op: 'replace', path: '', value: { pin: 1 }, old: 2 },
      { op: 'add', path: '/a'.repeat(100), value: 3 },
    ];
    expect(redact(['pin'], { patch })['patch']).toEqual([
      { op: 'replace', path: '', value: { pin: 'REDACTED' }, old: 2 },
      { op: 'add', path: '/a'.repeat(100), value: 'REDACTED' },
    ]);
  });

  it('replaces texts under keys that mean a secret, unless told not to', () => {
    const meta = {
      password: 'x',
      api_key: 'x',
      nested: [{ accessToken: 'x', Authorization: 'Bearer x' }],
      // What means something else, or shows that there was none.
      key: 'PROJ-1',
      code: 'DE',
      nextPageToken: 'x',
      hasPassword: true,
      token: '',
      secret: { rotated: true },
    };
    expect(redact([], meta)).toEqual({
      ...meta,
      password: 'REDACTED',
      api_key: 'REDACTED',
      nested: [{ accessToken: 'REDACTED', Authorization: 'REDACTED' }],
    });
    expect(redact([], meta, { redactMetaSecrets: false })).toEqual(meta);
  });

  it.each<[string, unknown, string]>([
    ['no list', 'a', "must be a list of texts, got 'a'"],
    [
      'an empty part',
      ['a..b'],
      "must be paths of keys such as user.email, items.*.token or **.secret, without empty parts, got 'a..b'",
    ],
    ['a dot at the end', ['a.'], "without empty parts, got 'a.'"],
    [
      'a star within a key',
      ['pass*'],
      "where a star stands for a whole key, got 'pass*'",
    ],
    [
      'too many parts',
      [Array(17).fill('a').join('.')],
      'of at most 16 parts, got',
    ],
    ['too many paths', Array(65).fill('a'), "at most 64 paths, got '65'"],
  ])('refuses %s', (_, paths, message) => {
    expect(() => read(paths)).toThrow(message);
    expect(() => read(paths)).toThrow(/^cannot start: auditorOtel\.redactMeta/);
  });

  it('leaves meta that has nothing to redact as it is', () => {
    const { meta } = cleanJson({ a: [{ b: 1 }], patch: [1] });
    expect(read(['c', '**.d'])(meta)).toBe(meta);
  });

  const key = fc.constantFrom('a', 'b', 'c', '0', '1');
  const json = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<JsonValue[]>(null, 1, 'x'),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  })).object;
  const path = fc.array(fc.oneof(key, fc.constantFrom('*', '**')), {
    minLength: 1,
    maxLength: 5,
  });

  it('replaces what a naive matcher finds, and nothing else', () => {
    fc.assert(
      fc.property(json, fc.array(path, { maxLength: 4 }), (meta, paths) => {
        const tree = readMetaPaths(paths.map((parts) => parts.join('.')));
        if (tree.status === 'wrong') throw new Error(tree.expected);
        const after = metaRedactor(tree.root, () => false)(meta);
        expect(plain(after)).toEqual(plain(naive(meta, [], paths)));
      }),
      { numRuns: 2000 },
    );
  });
});

const plain = (value: JsonValue) => JSON.parse(JSON.stringify(value)) as object;

/** Looks at every path of a value on its own. */
function naive(value: JsonValue, at: string[], paths: string[][]): JsonValue {
  if (at.length > 0 && paths.some((parts) => matches(parts, at)))
    return 'REDACTED';
  if (Array.isArray(value))
    return value.map((item, i) => naive(item, [...at, String(i)], paths));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([k, v]) => [k, naive(v, [...at, k], paths)]),
  );
}

function matches(parts: string[], at: string[]): boolean {
  const [part, ...more] = parts;
  if (part === undefined) return at.length === 0;
  if (part === '**')
    return at.some((_, i) => matches(more, at.slice(i))) || matches(more, []);
  return (part === '*' || part === at[0]) && at.length > 0
    ? matches(more, at.slice(1))
    : false;
}

function both(...keys: string[]): JsonObject {
  return Object.fromEntries(keys.map((key) => [key, 'REDACTED']));
}

function proto(): JsonObject {
  const object = emptyJsonObject();
  object['__proto__'] = 'REDACTED';
  return object;
}
