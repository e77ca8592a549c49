import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from '../src/child';
import type { Child } from '../src/child';
import { runChaos as run } from '../src/run-chaos';

/** A guard against hanging: some twenty restarts take their time on a busy machine. */
const TIMEOUT_MS = 170_000;

const runChaos = (options: string) => run(options, TIMEOUT_MS);

jest.setTimeout(TIMEOUT_MS + 10_000);

const nothingWrong = { lost: 0, dup: 0, phantom: 0, corrupt: 0, miscounted: 0 };

describe('receiver and Postgres that are killed under load', () => {
  let started: Child | undefined;
  afterEach(async () => {
    await started?.kill('SIGKILL');
    started = undefined;
  });

  it('lose nothing that was acknowledged, store nothing twice, and count everything', async () => {
    const { exitCode, result } = await runChaos(
      '--seed 1 --receiver-kills 10 --postgres-kills 3',
    );
    expect(result).toMatchObject({
      ...nothingWrong,
      receiverKills: 10,
      postgresKills: 3,
      seed: 1,
    });
    expect(exitCode).toBe(0);
    // All four outcomes took place, and answers were lost: otherwise little would be proved.
    expect(result['droppedAnswers']).toBeGreaterThan(0);
    for (const outcome of ['stored', 'duplicate', 'excluded', 'quarantined'])
      expect(result[outcome]).toBeGreaterThan(0);
    const { acknowledged, stored, excluded, quarantined } = result;
    expect(stored! + excluded! + quarantined!).toBeGreaterThanOrEqual(
      acknowledged!,
    );
  });

  // The kills are enough for each to show; the seed loses the second and third answer.
  it.each([
    ['acknowledges before the commit', 'ack-before-commit', 2, 1, 'lost'],
    ['stores a record again', 'no-dedupe', 2, 0, 'dup'],
    ['commits without a flush', 'async-commit', 0, 3, 'lost'],
  ])(
    'would be found out if it %s',
    async (_, sabotage, receiverKills, postgresKills, finding) => {
      const { exitCode, result } = await runChaos(
        `--seed 1 --receiver-kills ${receiverKills} --postgres-kills ${postgresKills} --sabotage ${sabotage}`,
      );
      expect(result[finding]).toBeGreaterThan(0);
      expect(exitCode).toBe(1);
    },
  );

  it('leave nothing behind when the run is ended by Ctrl-C', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-audit-chaos-test-'));
    // As root, Postgres runs as another user, who must get there too.
    chmodSync(folder, 0o755);
    started = startChild('chaos/dist/run.js', [], { TMPDIR: folder });
    const pids = await pidsUnder(folder);
    const [exitCode] = await started.kill('SIGINT');
    expect(started.output()).toContain('SIGINT: ending what was started');
    expect(exitCode).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});

describe('an emitter that is killed at any moment', () => {
  it('loses nothing that it said is spooled, and changes nothing', async () => {
    const { exitCode, result } = await runChaos('emitter --seed 1 --kills 10');
    expect(result).toMatchObject({
      ...{ lost: 0, phantom: 0, corrupt: 0, gap: 0, left: 0 },
      seed: 1,
    });
    expect(exitCode).toBe(0);
    expect(result['kills']).toBeGreaterThanOrEqual(10);
    // Otherwise little would be proved.
    for (const figure of ['spooled', 'again'])
      expect(result[figure]).toBeGreaterThan(0);
  });

  it.each([
    ['says so before it is', 'resolve-before-write', 10],
    ['lets go of what was refused', 'settle-before-answer', 25],
  ])('would be found out if it %s', async (_, sabotage, kills) => {
    const { exitCode, result } = await runChaos(
      `emitter --seed 2 --kills ${kills} --sabotage ${sabotage}`,
    );
    expect(result['lost']).toBeGreaterThan(0);
    expect(exitCode).toBe(1);
  });
});

/** The process ids of Postgres and receiver, once both of them run. */
async function pidsUnder(folder: string): Promise<number[]> {
  const read = (file: string) => {
    const run = readdirSync(folder).find((name) => name.includes('chaos'));
    try {
      return readFileSync(join(folder, run ?? '', file), 'utf8');
    } catch {
      return '';
    }
  };
  for (;;) {
    const listening = /"pid":(\d+).*listening on/.exec(read('receiver.log'));
    if (listening)
      return [
        Number(listening[1]),
        parseInt(read('postgres/postmaster.pid'), 10),
      ];
    await sleep(20);
  }
}
