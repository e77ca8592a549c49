import { sameContent } from './same-content';

describe('sameContent', () => {
  it.each<[string, unknown, unknown]>([
    ['members in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['an absent and an undefined member', { a: 1 }, { a: 1, b: undefined }],
    ['big integers', 2n ** 63n, 2n ** 63n],
    ['nested lists', { a: [[], [{ b: null }]] }, { a: [[], [{ b: null }]] }],
  ])('holds for %s', (_, a, b) => {
    expect(sameContent(a, b)).toBe(true);
    expect(sameContent(b, a)).toBe(true);
  });

  it.each<[string, unknown, unknown]>([
    ['another text', { a: 'x' }, { a: 'X' }],
    ['a number and its text', { a: 1 }, { a: '1' }],
    ['a number and a big integer', 1, 1n],
    ['null and absent', { a: null }, {}],
    ['a member more', { a: 1 }, { a: 1, b: 2 }],
    ['items in another order', [1, 2], [2, 1]],
    ['an item more', [1], [1, 2]],
    ['a list and a map', [1], { 0: 1 }],
    ['an object and null', {}, null],
    ['a difference deep inside', { a: [{ b: [1] }] }, { a: [{ b: [2] }] }],
  ])('does not hold for %s', (_, a, b) => {
    expect(sameContent(a, b)).toBe(false);
    expect(sameContent(b, a)).toBe(false);
  });
});
