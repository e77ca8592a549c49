import { runChaos } from '../src/run-chaos';

/** A guard against hanging: a run is half a minute, and what is left is delivered after it. */
const TIMEOUT_MS = 300_000;

jest.setTimeout(TIMEOUT_MS + 10_000);

const finding = { lost: 0, dup: 0, phantom: 0, corrupt: 0, miscounted: 0 };

// The same faults at the same rate without a planted bug: what follows is found because of the bug.
it('the faults that bring planted bugs to light find nothing where none is planted', async () => {
  const { exitCode, result } = await runChaos(
    '--minutes 0.5 --seed 1 --rate 1500 --collector --faults kill-postgres,kill-receiver,drop-answers,reset,kill-collector,unavailable,kill-emitter,half-open',
    TIMEOUT_MS,
  );
  expect(result).toMatchObject(finding);
  expect(exitCode).toBe(0);
});

it.each([
  ['the receiver acknowledges before the commit', 'ack-before-commit', 'lost'],
  ['the database takes an event twice', 'no-dedupe', 'dup'],
  ["the Collector's queue is in memory", 'queue-in-memory', 'lost'],
  ['the emitter removes what is on its way', 'cursor-after-unlink', 'lost'],
  ['the audit path has a batch processor', 'batch-processor', 'lost'],
])('a run is red where %s', async (_, plant, kind) => {
  const { exitCode, result } = await runChaos(
    `--minutes 0.3 --seed 1 --rate 1500 --collector --plant ${plant}`,
    TIMEOUT_MS,
  );
  expect(result[kind]).toBeGreaterThan(0);
  expect(exitCode).toBe(1);
});
