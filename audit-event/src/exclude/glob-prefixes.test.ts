import fc from 'fast-check';
import { compileGlob } from './glob';
import { globPrefixes } from './glob-prefixes';

it.each([
  ['plugin:*', ['plugin:']],
  ['user:default/john', ['user:default/john', 'user:default//']],
  ['/api//x?', ['/api/x', '//', '/api//']],
  ['**', ['']],
  ['', ['']],
])('%j is found by %j', (pattern, prefixes) => {
  expect(globPrefixes(pattern)).toEqual(prefixes);
});

const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 });
const pattern = fc.string({
  unit: fc.constantFrom('a', 'b', '/', '*', '?'),
  maxLength: 6,
});

it('whatever a pattern matches begins in one of its ways', () => {
  fc.assert(
    fc.property(pattern, text, (glob, given) => {
      fc.pre(compileGlob(glob)(given));
      expect(globPrefixes(glob).some((way) => given.startsWith(way))).toBe(
        true,
      );
    }),
    { numRuns: 2_000 },
  );
});
