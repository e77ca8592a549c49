import { createSparingWarnings } from './sparing-warnings';

it('warns of the same once a minute, with the first cause', () => {
  let ms = 0;
  const told: unknown[] = [];
  const warn = createSparingWarnings(
    { warn: (...args: unknown[]) => void told.push(args) },
    () => ms,
  );
  for (ms = 0; ms <= 60_000; ms += 20_000) {
    warn(ms, 'away');
    warn(ms, 'too old');
  }
  expect(told).toEqual([
    [{ err: 0 }, 'away'],
    [{ err: 0 }, 'too old'],
    [{ err: 60_000 }, 'away'],
    [{ err: 60_000 }, 'too old'],
  ]);
});
