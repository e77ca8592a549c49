import fc from 'fast-check';
import {
  fromFieldTime,
  printAgo,
  printDuration,
  printExactTime,
  printTime,
  toFieldTime,
} from './print-time';
import {
  DEFAULT_PRESET,
  paramsOfWhen,
  presetNames,
  rangeAt,
  rangeBefore,
  whenOf,
} from './range';

const NOON = Date.UTC(2026, 0, 15, 12);
const time = fc.integer({ min: 0, max: Date.UTC(9960, 0) });

it('has any range in the address so that it is read back the same', () => {
  const between = fc
    .tuple(time, fc.integer({ min: 1, max: 1e12 }))
    .map(([startMs, length]) => ({ startMs, endMs: startMs + length }));
  const preset = fc
    .constantFrom(...presetNames)
    .map((one) => ({ preset: one }));
  fc.assert(
    fc.property(fc.oneof(between, preset), (when) => {
      expect(whenOf(new URLSearchParams(paramsOfWhen(when)))).toEqual(when);
    }),
  );
});

it.each([
  '',
  'range=2w',
  'range=toString',
  'start_time=x&end_time=y',
  'start_time=2026-01-02T00:00:00Z&end_time=2026-01-01T00:00:00Z',
  'start_time=-271821-04-20T00:00:00Z&end_time=2026-01-01T00:00:00Z',
  'start_time=2026-01-01T00:00:00Z&end_time=%2B275760-09-13T00:00:00Z',
])('takes the usual range for the address %j', (address) => {
  expect(whenOf(new URLSearchParams(address))).toEqual({
    preset: DEFAULT_PRESET,
  });
});

it('puts the range before right before, and as long', () => {
  const range = rangeAt({ preset: '1h' }, NOON);
  const before = rangeBefore(range);
  expect(before.endMs).toBe(range.startMs - 1);
  expect(before.endMs - before.startMs).toBe(range.endMs - range.startMs);
});

it.each([
  [0, 'now'],
  [59_000, '59 s ago'],
  [60_000, '1 min ago'],
  [3_600_000, '1 h ago'],
  [3 * 86_400_000, '3 d ago'],
  [-120_000, 'in 2 min'],
])('says of what was %d ms ago: %s', (ms, expected) => {
  expect(printAgo(NOON - ms, NOON)).toBe(expected);
});

it.each([
  [850, '850 ms'],
  [1_230, '1.2 s'],
  [185_000, '3 min 5 s'],
  [7_260_000, '2 h 1 min'],
])('writes a duration of %d ms as %s', (ms, expected) => {
  expect(printDuration(ms)).toBe(expected);
});

it('writes times in UTC where that was chosen', () => {
  expect(printTime(NOON, 'utc')).toBe('15 Jan 2026, 12:00:00');
  expect(printExactTime(NOON + 120, 'utc')).toBe(
    '15 Jan 2026, 12:00:00.120 UTC',
  );
});

it.each(['local', 'utc'] as const)(
  'gives a time to a field and takes it back (%s)',
  (zone) => {
    expect(fromFieldTime(toFieldTime(NOON, zone), zone)).toBe(NOON);
  },
);
