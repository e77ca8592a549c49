import { days, heatOf, levelOf } from './heat';

it('adds up the same hours of the same days of the week', () => {
  const bucket = (start: string, total: number) => ({
    start,
    total,
    counts: {},
  });
  const heat = heatOf(
    [
      bucket('2026-01-12T09:00:00.000Z', 2),
      bucket('2026-01-19T09:00:00.000Z', 3),
      bucket('2026-01-18T23:00:00.000Z', 1),
    ],
    'utc',
  );
  expect(heat[days.indexOf('Monday')]![9]).toBe(5);
  expect(heat[days.indexOf('Sunday')]![23]).toBe(1);
  expect(heat.flat().reduce((sum, one) => sum + one)).toBe(6);
});

it.each([
  [0, 10, 0],
  [1, 1_000, 1],
  [5, 10, 2],
  [10, 10, 4],
])('shows %d of at most %d at level %d', (value, most, level) => {
  expect(levelOf(value, most)).toBe(level);
});
