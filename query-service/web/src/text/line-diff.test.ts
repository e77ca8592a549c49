import fc from 'fast-check';
import { lineDiff } from './line-diff';
import type { DiffLine } from './line-diff';

const SIGNS = { same: ' ', added: '+', removed: '-' };
const shown = (diff: DiffLine[]) =>
  diff.map(({ change, text }) => SIGNS[change] + text).join('|');

it.each([
  ['a\nb\nc', 'a\nc', ' a|-b| c'],
  ['a\nc', 'a\nb\nc', ' a|+b| c'],
  ['a\nb', 'a\nc', ' a|-b|+c'],
  ['', '', ' '],
])('tells how %j became %j', (before, after, expected) => {
  expect(shown(lineDiff(before, after))).toBe(expected);
});

it('has both texts in it, whatever they are', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 })
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const diff = lineDiff(before, after);
      const without = (change: string) =>
        diff
          .filter((line) => line.change !== change)
          .map((line) => line.text)
          .join('\n');
      expect(without('added')).toBe(before);
      expect(without('removed')).toBe(after);
    }),
  );
});
