import { printRanges, sizeOf } from './stream-words';

it.each([
  [[], '', 0],
  [[[42, 42]], '42', 1],
  [
    [
      [42, 42],
      [50, 51],
      [1_000, 1_999],
    ],
    '42, 50 to 51, 1,000 to 1,999',
    1_003,
  ],
] as const)('prints %j', (ranges, words, size) => {
  expect(printRanges(ranges)).toBe(words);
  expect(sizeOf(ranges)).toBe(size);
});
