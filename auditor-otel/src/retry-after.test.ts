import { retryAfterMs } from './retry-after';

const now = Date.parse('2026-01-15T10:00:00Z');

describe('retryAfterMs', () => {
  it.each<[string | undefined, number | undefined]>([
    ['2', 2000],
    [' 0 ', 0],
    ['Thu, 15 Jan 2026 10:00:03 GMT', 3000],
    ['Thu, 15 Jan 2026 09:00:00 GMT', 0],
    ['86400', 300_000],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %p as %p', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});
