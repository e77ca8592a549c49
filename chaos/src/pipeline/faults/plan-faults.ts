import { between, oneOf, seededRandom } from '../../seeded-random';
import { settings } from '../settings';
import { faultKinds, faultNames } from './fault-kinds';
import type { FaultName } from './fault-kinds';

/** One fault of a run. */
export interface PlannedFault {
  /** After the run has begun, in milliseconds. */
  atMs: number;
  kind: FaultName;
  /** Which of those that it can strike, from 0. */
  target: number;
  lastsMs: number;
  /** From 0 to below 1: how hard it strikes, where that can vary. */
  strength: number;
}

/** What a schedule is made from. */
export interface FaultPlan {
  seed: number;
  durationMs: number;
  /** Those that can be done here; by default all. What is drawn else leaves the rest of the schedule as it is. */
  kinds?: readonly FaultName[] | undefined;
  pauseMs?: { min: number; max: number } | undefined;
}

/** Each kind as often as it weighs. */
const drawn = faultNames.flatMap((kind) =>
  Array<FaultName>(faultKinds[kind].weight).fill(kind),
);

/**
 * The faults of a run, by time: the same ones whenever they are asked for with the same seed.
 *
 * @example
 * planFaults({ seed: 7, durationMs: 60_000 }); // [{ atMs: 1500, kind: 'kill-receiver', target: 1, ... }, ...]
 */
export function planFaults(plan: FaultPlan): PlannedFault[] {
  const { durationMs, kinds = faultNames, pauseMs = settings.pauseMs } = plan;
  const random = seededRandom(plan.seed, 'faults');
  const isOnlySome = plan.pauseMs !== undefined;
  const faults: PlannedFault[] = [];
  let atMs: number = settings.quietMs;
  while (atMs < durationMs - settings.quietMs) {
    const kind = oneOf(random, isOnlySome ? kinds : drawn);
    const { targets, lastsMs } = faultKinds[kind];
    const fault = {
      ...{ atMs, kind },
      target: between(random, 0, targets - 1),
      lastsMs: between(random, lastsMs.min, lastsMs.max),
      strength: random(),
    };
    if (kinds.includes(kind)) faults.push(fault);
    const pause = between(random, pauseMs.min, pauseMs.max);
    if (random() >= settings.atOnce) atMs += pause;
  }
  return faults;
}
