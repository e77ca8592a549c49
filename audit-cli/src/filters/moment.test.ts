import fc from 'fast-check';
import { durationMs, momentOf } from './moment';

const NOW = Date.parse('2026-01-15T10:30:00.000Z');

it.each([
  ['90s', '2026-01-15T10:28:30.000Z'],
  ['15m', '2026-01-15T10:15:00.000Z'],
  ['2h', '2026-01-15T08:30:00.000Z'],
  ['7d', '2026-01-08T10:30:00.000Z'],
  ['4w', '2025-12-18T10:30:00.000Z'],
  ['2026-01-10', '2026-01-10T00:00:00.000Z'],
  ['2026-01-10T08:00Z', '2026-01-10T08:00:00.000Z'],
  ['2026-01-10T08:00:01.5Z', '2026-01-10T08:00:01.500Z'],
  ['2026-01-10T08:00:00+05:30', '2026-01-10T02:30:00.000Z'],
])('%s is %s', (text, time) => {
  expect(momentOf('--since', text, NOW)).toBe(time);
});

it.each([
  '',
  'now',
  '2',
  '-2h',
  '2 h',
  '2y',
  '1.5h',
  '2026-01-10T08:00',
  '2026-02-30',
  '2026-13-01',
  '2026-01-10T25:00Z',
  '1969-12-31',
  '999999999w',
])('%j is refused', (text) => {
  expect(() => momentOf('--since', text, NOW)).toThrow(
    `--since must be a duration such as 2h or 7d (units s, m, h, d, w), a day, or a time with its zone such as 2026-01-15T10:30:00Z, got ${JSON.stringify(text)}`,
  );
});

it('reads back every time that it writes', () => {
  fc.assert(
    fc.property(
      fc.date({
        min: new Date(0),
        noInvalidDate: true,
        max: new Date('9999-12-31T23:59:59.999Z'),
      }),
      (date) => {
        const text = date.toISOString();
        expect(momentOf('--since', text, NOW)).toBe(text);
      },
    ),
  );
});

it('takes any text for a duration, or not', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const ms = durationMs(text);
      expect(ms === undefined || Number.isSafeInteger(ms)).toBe(true);
    }),
  );
});
