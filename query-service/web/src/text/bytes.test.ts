import { bytes } from './bytes';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [286_720, '287 kB'],
  [10_671_807, '10.7 MB'],
  [2.5e15, '2500 TB'],
])('prints %d bytes', (size, expected) => {
  expect(bytes(size)).toBe(expected);
});
