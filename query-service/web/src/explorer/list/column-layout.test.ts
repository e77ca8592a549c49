import { movedColumn, widthOf, WIDTHS } from './column-layout';

it.each([
  ['to the place of one before it', 'c', { to: 'a' }, 'cab'],
  ['to the place of one behind it', 'a', { to: 'c' }, 'bca'],
  ['to its own place', 'b', { to: 'b' }, 'abc'],
  ['one to the left', 'b', { by: -1 }, 'bac'],
  ['one to the right', 'b', { by: 1 }, 'acb'],
  ['not beyond the first', 'a', { by: -1 }, 'abc'],
  ['not beyond the last', 'c', { by: 1 }, 'abc'],
  ['not when there is no such column', 'x', { to: 'a' }, 'abc'],
] as const)('moves a column %s', (_name, column, to, expected) => {
  expect(movedColumn(['a', 'b', 'c'], column, to).join('')).toBe(expected);
});

it.each([
  [undefined, WIDTHS.usual],
  [1, WIDTHS.min],
  [100.4, 100],
  [1e6, WIDTHS.max],
])('makes of the width %p %d pixels', (wanted, expected) => {
  expect(widthOf(wanted)).toBe(expected);
});
