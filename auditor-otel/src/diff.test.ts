import { isJsonObject } from 'audit-event';
import type { JsonValue } from 'audit-event';
import fc from 'fast-check';
import { changes, diff } from './diff';
import { pointerKeys } from './json-patch';
import type { PatchOperation } from './json-patch';

describe('diff', () => {
  it.each<[string, unknown, unknown, PatchOperation[]]>([
    [
      'nothing of what is equal',
      { a: [1, { b: 2 }] },
      { a: [1, { b: 2 }] },
      [],
    ],
    [
      'members that are added, removed and replaced',
      { a: 1, b: 2, same: 0 },
      { b: 3, same: 0, c: null },
      [
        { op: 'remove', path: '/a', old: 1 },
        { op: 'replace', path: '/b', value: 3, old: 2 },
        { op: 'add', path: '/c', value: null },
      ],
    ],
    [
      'keys with slash and tilde',
      { 'a/b~c': 1 },
      { 'a/b~c': 2 },
      [{ op: 'replace', path: '/a~1b~0c', value: 2, old: 1 }],
    ],
    [
      'one that is put in the middle of a list',
      [1, 2, 3],
      [1, 9, 2, 3],
      [{ op: 'add', path: '/1', value: 9 }],
    ],
    [
      'those that are taken out of a list, from the back',
      [1, 2, 3, 4],
      [1, 4],
      [
        { op: 'remove', path: '/2', old: 3 },
        { op: 'remove', path: '/1', old: 2 },
      ],
    ],
    [
      'what changed within an item of a list',
      [{ id: 1, n: 'a' }, 2],
      [{ id: 1, n: 'b' }, 2],
      [{ op: 'replace', path: '/0/n', value: 'b', old: 'a' }],
    ],
    [
      'a list that becomes an object',
      { a: [] },
      { a: {} },
      [{ op: 'replace', path: '/a', value: {}, old: [] }],
    ],
    [
      'what JSON cannot say, as meta has it',
      { at: new Date(0), gone: undefined },
      { at: new Date(1) },
      [
        {
          op: 'replace',
          path: '/at',
          value: '1970-01-01T00:00:00.001Z',
          old: '1970-01-01T00:00:00.000Z',
        },
      ],
    ],
    [
      'undefined as null',
      undefined,
      1,
      [{ op: 'replace', path: '', value: 1, old: null }],
    ],
  ])('gives %s', (_, before, after, patch) => {
    expect(diff(before, after)).toEqual(patch);
  });

  it('replaces the whole when the patch gets too long', () => {
    const before = Array.from({ length: 1001 }, (_, i) => i);
    const after = before.map((n) => -n - 1);
    expect(diff(before, after)).toEqual([
      { op: 'replace', path: '', value: after, old: before },
    ]);
    expect(diff(before.slice(1), after.slice(1))).toHaveLength(1000);
  });

  const many = (last: number) => [...Array(30_000).keys(), last];
  const deep = (last: number) => {
    let value: object = { last };
    for (let i = 0; i < 40; i++) value = { value };
    return value;
  };
  const unknown = {
    op: 'replace',
    path: '',
    value: '[truncated]',
    old: '[truncated]',
  };
  const text = 'x'.repeat(100_000);

  it.each<[string, unknown, unknown, object[]]>([
    ['in more values than meta may have', many(1), many(2), [unknown]],
    ['deeper than meta may be', deep(1), deep(2), [unknown]],
    [
      'before that limit',
      { first: 1, many: many(1) },
      { first: 2, many: many(2) },
      [{ op: 'replace', path: '/first', value: 2, old: 1 }],
    ],
    [
      'at the end of a long text',
      `${text}1`,
      `${text}2`,
      [{ op: 'replace', path: '', value: `${text}2`, old: `${text}1` }],
    ],
    [
      'at the end of many bytes',
      Buffer.from(`${text}1`),
      Buffer.from(`${text}2`),
      [expect.objectContaining({ op: 'replace', path: '/$bytes' })],
    ],
    ['nowhere in a long text', { text }, { text }, []],
  ])('says of values that differ %s what it can', (_, before, after, patch) => {
    expect(diff(before, after)).toEqual(patch);
  });

  it('says of one value that nothing changed, however large it is', () => {
    const value = many(1);
    expect(diff(value, value)).toEqual([]);
  });

  const json = fc
    .jsonValue({ maxDepth: 4, stringUnit: fc.constantFrom('a', 'b', '/', '~') })
    .map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
  const list = fc.array(fc.constantFrom<JsonValue[]>(1, 2, { a: 1 }, [1]), {
    maxLength: 6,
  });

  it.each([
    ['values', json],
    ['lists', list],
  ])(
    'gives a patch that makes one of two %s of the other, and back',
    (_, of) => {
      fc.assert(
        fc.property(of, of, (before, after) => {
          const patch = diff(before, after);
          expect(apply(before, patch)).toEqual(after);
          expect(apply(after, patch.toReversed().map(inverse))).toEqual(before);
          expect(diff(before, before)).toEqual([]);
        }),
        { numRuns: 1000 },
      );
    },
  );
});

describe('changes', () => {
  it('is no meta where nothing changed', () => {
    expect(changes({ a: 1 }, { a: 1 })).toEqual({});
    expect(changes({ a: 1 }, { a: 2 })).toEqual({
      patch: [{ op: 'replace', path: '/a', value: 2, old: 1 }],
    });
  });
});

/** RFC 6902, section 4.1 to 4.3, to the letter: what must exist, must. */
function apply(document: JsonValue, patch: readonly PatchOperation[]) {
  let root = structuredClone(document);
  for (const operation of patch) {
    const keys = pointerKeys(operation.path) ?? [];
    const last = keys.pop();
    if (last === undefined) {
      if (operation.op === 'remove') throw new Error('removes the document');
      root = operation.value;
      continue;
    }
    let at = root;
    for (const key of keys) at = member(at, key);
    if (operation.op !== 'add') expect(member(at, last)).toEqual(operation.old);
    change(at, last, structuredClone(operation));
  }
  return root;
}

function member(value: JsonValue, key: string): JsonValue {
  if (Array.isArray(value)) return value[Number(key)]!;
  if (!isJsonObject(value) || !Object.hasOwn(value, key))
    throw new Error(`nothing at ${key}`);
  return value[key]!;
}

function change(at: JsonValue, key: string, operation: PatchOperation): void {
  if (Array.isArray(at)) {
    expect(Number(key)).toBeLessThanOrEqual(at.length);
    if (operation.op === 'remove') at.splice(Number(key), 1);
    else if (operation.op === 'add') at.splice(Number(key), 0, operation.value);
    else at[Number(key)] = operation.value;
    return;
  }
  if (!isJsonObject(at)) throw new Error('no parent');
  if (operation.op === 'remove') delete at[key];
  else
    Object.defineProperty(at, key, {
      value: operation.value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

function inverse(operation: PatchOperation): PatchOperation {
  const { path } = operation;
  if (operation.op === 'add')
    return { op: 'remove', path, old: operation.value };
  if (operation.op === 'remove')
    return { op: 'add', path, value: operation.old };
  const { value, old } = operation;
  return { op: 'replace', path, value: old, old: value };
}
