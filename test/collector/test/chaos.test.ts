import { runChaos } from '../../src/run-chaos';

/** A guard against hanging: what the run leaves is delivered after it. */
const TIMEOUT_MS = 300_000;

jest.setTimeout(TIMEOUT_MS + 10_000);

it('loses, doubles, makes up and changes nothing in a minute of faults from emitter to database', async () => {
  const { exitCode, result } = await runChaos(
    '--minutes 0.75 --seed 21 --collector',
    TIMEOUT_MS,
  );
  expect(result).toMatchObject({
    ...{ lost: 0, dup: 0, phantom: 0, corrupt: 0 },
    ...{ miscounted: 0, gap: 0, left: 0, seed: 21 },
  });
  expect(exitCode).toBe(0);
  // Otherwise little would be proved.
  for (const figure of ['events', 'promised', 'faults', 'duplicate'])
    expect(result[figure]).toBeGreaterThan(0);
});
