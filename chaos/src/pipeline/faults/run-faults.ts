import { setTimeout as sleep } from 'node:timers/promises';
import type { Pipeline } from '../start-pipeline';
import { faultKinds } from './fault-kinds';
import { createLocks } from './locks';
import type { PlannedFault } from './plan-faults';
import { strikes } from './strike';

/** A fault that was done. */
export interface DoneFault extends PlannedFault {
  /** After the run had begun: when it struck, and when the part was back or the trouble over. */
  struckMs: number;
  overMs: number;
  /** From then to the next answer 200 where it shows; undefined when the load ended before. */
  recoveredMs: number | undefined;
}

/**
 * Does the faults at their times, several at once where they overlap.
 *
 * @param onDone told of each that is over
 * @param signal gives up
 * @returns when all are over and the time of the run has come
 */
export async function runFaults(
  pipeline: Pipeline,
  faults: readonly PlannedFault[],
  durationMs: number,
  onDone: (fault: DoneFault) => void,
  signal: AbortSignal,
): Promise<DoneFault[]> {
  const began = performance.now();
  const now = () => Math.round(performance.now() - began);
  const until = (ms: number) =>
    sleep(Math.max(0, ms - now()), undefined, { signal });
  const ended = Promise.withResolvers<void>();
  const locked = createLocks();
  const done: DoneFault[] = [];

  async function doOne(fault: PlannedFault): Promise<void> {
    const struckMs = now();
    await strikes[fault.kind](pipeline, fault, locked);
    const overMs = now();
    const recovered = await Promise.race([
      hopOf(pipeline, fault).nextAnswer().then(now),
      ended.promise,
    ]);
    const recoveredMs =
      recovered === undefined ? undefined : recovered - overMs;
    const one = { ...fault, struckMs, overMs, recoveredMs };
    done.push(one);
    onDone(one);
  }

  const all: Promise<void>[] = [];
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  for (const fault of faults) {
    await Promise.race([until(fault.atMs), failed.promise]);
    const one = doOne(fault);
    one.catch(failed.reject);
    all.push(one);
  }
  await Promise.race([until(durationMs), failed.promise]);
  ended.resolve();
  await Promise.all(all);
  return done.toSorted((a, b) => a.struckMs - b.struckMs);
}

function hopOf({ hops }: Pipeline, { kind, target }: PlannedFault) {
  const { shows } = faultKinds[kind];
  const hop = shows === 'target' ? target : shows;
  return hops[hop === 0 ? 0 : 1];
}
