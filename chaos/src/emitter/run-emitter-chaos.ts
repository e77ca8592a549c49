import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { report } from '../check/findings';
import type { Origin } from '../load/plan-request';
import { between, seededRandom } from '../seeded-random';
import type { Random } from '../seeded-random';
import { createArrivals } from './arrivals';
import type { EmitterFindings } from './arrivals';
import { SERVICE_NAME } from './emit-options';
import type { Ending } from './emit-options';
import { startEmitter } from './emitter-process';
import type { EmitterProcess } from './emitter-process';
import { leftIn } from './left-in';
import { startMoodyReceiver } from './moody-receiver';
import { emitterSabotages } from './options';
import type { EmitterOptions } from './options';

/** What came out of a run. */
export interface EmitterChaosResult {
  findings: EmitterFindings;
  figures: Record<string, number>;
}

/** Emitters that share the spool directory at any time. */
const AT_ONCE = 2;
const KILLS_PER_LINE = 50;
/** How many are killed while they start, and how many while they end; the others in the midst of their records. */
const AT_START = 0.2;
const AT_END = 0.3;
/** At most so long after that, in milliseconds. */
const START_MS = 150;
const WORK_MS = 300;
const END_MS = 40;
/** Of those that are to end, and of those that are killed before. */
const FEW_RECORDS = 300;
const MANY_RECORDS = 1_000_000;

/** When a process is killed. */
interface Fate {
  moment: 'begun' | 'ending' | undefined;
  delayMs: number;
  ending: Ending;
}

/**
 * Kills emitting processes while the receiver comes and goes, has a last one deliver what they left, and compares what
 * arrived with what was told to be spooled.
 *
 * @param print takes a line of progress now and then
 * @throws when an emitter ends with an error, or `signal` says so
 */
export async function runEmitterChaos(
  options: EmitterOptions,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<EmitterChaosResult> {
  await using cleanup = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-chaos-'));
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
  const directory = join(folder, 'spool');
  const { seed, sabotage } = options;
  const origin: Origin = {
    seed,
    startedAt: BigInt(Date.now()) * 1_000_000n,
  };
  const arrivals = createArrivals(origin);
  const receiver = await startMoodyReceiver(
    seededRandom(seed, 'moods'),
    (records) => arrivals.add(records),
  );
  cleanup.defer(() => receiver.close());
  const running = new Set<EmitterProcess>();
  cleanup.defer(async () => {
    for (const one of running) one.kill();
    await Promise.allSettled([...running].map(({ gone }) => gone));
  });
  let processes = 0;
  let kills = 0;

  async function runOne(fateOf: (random: Random) => Fate): Promise<void> {
    const process = processes++;
    const random = seededRandom(seed, 'fate', process);
    const { moment, delayMs, ending } = fateOf(random);
    const emitter = startEmitter({
      script: sabotage ? emitterSabotages[sabotage] : 'emit.js',
      logFile: join(folder, 'emitters.log'),
      emit: {
        ...{ seed, process, directory, ending },
        startedAt: String(origin.startedAt),
        endpoint: receiver.url,
        records: moment === 'begun' ? MANY_RECORDS : FEW_RECORDS,
      },
      onSpooled: (n) => arrivals.spooled({ process, n }),
    });
    running.add(emitter);
    const end = new AbortController();
    const gone = emitter.gone.finally(() => {
      running.delete(emitter);
      end.abort();
    });
    // Heard below, once the moment has come.
    gone.catch(() => undefined);
    if (moment) await emitter[moment];
    const either = AbortSignal.any([signal, end.signal]);
    await sleep(delayMs, undefined, { signal: either }).catch(() => undefined);
    if (!end.signal.aborted) {
      kills += 1;
      emitter.kill();
      if (kills % KILLS_PER_LINE === 0)
        print(`${kills} kills: ${JSON.stringify(arrivals.figures())}`);
    }
    await gone;
    signal.throwIfAborted();
  }

  async function keepKilling(): Promise<void> {
    while (kills < options.kills) await runOne(killedSomewhere);
  }

  await Promise.all(Array.from({ length: AT_ONCE }, keepKilling));
  await receiver.relent();
  await runOne(() => ({
    moment: undefined,
    delayMs: 2 ** 31 - 1,
    ending: 'deliver',
  }));
  arrivals.finish();
  const { findings } = arrivals;
  const { left, damaged } = leftIn(join(directory, SERVICE_NAME));
  for (const what of left) report(findings, 'left', what);
  return {
    findings,
    figures: {
      ...{ kills, processes, damaged },
      ...arrivals.figures(),
      ...receiver.requests(),
    },
  };
}

function killedSomewhere(random: Random): Fate {
  const ending = random() < 0.5 ? 'close' : 'exit';
  const where = random();
  if (where < AT_START)
    return { moment: undefined, delayMs: between(random, 0, START_MS), ending };
  if (where < AT_START + AT_END)
    return { moment: 'ending', delayMs: between(random, 0, END_MS), ending };
  return { moment: 'begun', delayMs: between(random, 0, WORK_MS), ending };
}
