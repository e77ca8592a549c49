import fc from 'fast-check';
import { minimatch } from 'minimatch';
import { compileGlob } from './glob';

const options = {
  nobrace: true,
  noext: true,
  nonegate: true,
  nocomment: true,
  dot: true,
};
const made = (...units: string[]) =>
  fc
    .array(fc.constantFrom(...units), { maxLength: 9 })
    .map((parts) => parts.join(''))
    // Minimatch resolves these two as paths.
    .filter((text) => !/(^|\/)\.\.?(\/|$)/.test(text));

describe('compileGlob', () => {
  it('agrees with minimatch', () => {
    fc.assert(
      fc.property(
        made(
          'a',
          'b',
          'A',
          '*',
          '**',
          '?',
          '/',
          '/**/',
          ':',
          '.',
          'user:',
          '+',
          '^',
          '$',
          '|',
          '-',
        ),
        made('a', 'b', 'A', '/', '//', ':', '.', 'user:', '+', '\n'),
        (pattern, text) => {
          expect([pattern, text, compileGlob(pattern)(text)]).toEqual([
            pattern,
            text,
            minimatch(text, pattern, options),
          ]);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('agrees with minimatch on texts made from the pattern', () => {
    const part = fc.constantFrom('a', 'b', '/', '*', '?', '**', '/**/');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(part, made('a', 'b', '/')), { maxLength: 6 }),
        (parts) => {
          const pattern = parts.map(([symbol]) => symbol).join('');
          const text = parts
            .map(([symbol, run]) => (/[*?]/.test(symbol) ? run : symbol))
            .join('');
          expect([pattern, text, compileGlob(pattern)(text)]).toEqual([
            pattern,
            text,
            minimatch(text, pattern, options),
          ]);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['plugin:*', 'plugin:search', true],
    ['plugin:*', 'plugin:', true],
    ['plugin:search', 'plugin:searchx', false],
    ['plugin:search', 'Plugin:search', false],
    ['user:*', 'user:default/john', false],
    ['user:*/*', 'user:default/john', true],
    ['user:*/*', 'user:default/', false],
    ['user:default/*', 'user:default/john', true],
    ['user:default/*', 'user:other/john', false],
    ['**', 'user:default/john', true],
    ['/api/**', '/api/catalog/entities', true],
    ['/api/**', '/api', false],
    ['a[b]{c,d}\\+(e)', 'a[b]{c,d}\\+(e)', true],
    ['a[b]', 'ab', false],
    ['{a,b}', 'a', false],
    ['!a', 'b', false],
    ['#a', '#a', true],
  ])('%s against %s: %s', (pattern, text, expected) => {
    expect(compileGlob(pattern)(text)).toBe(expected);
  });

  it.each([
    ['*a*a*a*a*a*a*a*b', 'a'.repeat(100_000)],
    ['**/a/**/a/**/a/**/b', 'a/'.repeat(50_000)],
    ['*?a*?a*?a*?a*', 'b'.repeat(100_000)],
  ])('decides the hostile pattern %s', (pattern, text) => {
    expect(compileGlob(pattern)(text)).toBe(false);
  });
});
