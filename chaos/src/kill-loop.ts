import { setTimeout as sleep } from 'node:timers/promises';
import type { ChaosOptions } from './options';
import { between, seededRandom, shuffled } from './seeded-random';

/** Something that can be killed. */
export interface Victim {
  crash(): Promise<void>;
  /** Resolves once it is ready. */
  start(): Promise<void>;
}

export interface KillLoopOptions {
  options: ChaosOptions;
  receiver: Victim;
  postgres: Victim;
  /** Resolves with the next answer 200. */
  nextAcknowledged: () => Promise<void>;
  /** Told after each kill, once its victim is back. */
  onKilled: () => void;
  signal: AbortSignal;
}

/** How long the load runs before a kill, and how long a victim stays away, in milliseconds. */
const LOAD_MS = 400;
const AWAY_MS = 150;
/** How many kills come before work has resumed after the last one. */
const EARLY = 0.25;

/**
 * Kills receiver and Postgres, in random order at random moments.
 *
 * @returns the longest time from a Postgres that is back to the next answer 200, in milliseconds
 */
export async function killLoop(loop: KillLoopOptions): Promise<number> {
  const { seed, receiverKills, postgresKills } = loop.options;
  const random = seededRandom(seed, 'kills');
  const pause = (max: number) =>
    sleep(between(random, 0, max), undefined, { signal: loop.signal });
  const victims = shuffled(random, [
    ...Array<Victim>(receiverKills).fill(loop.receiver),
    ...Array<Victim>(postgresKills).fill(loop.postgres),
  ]);
  let slowest = 0;
  await loop.nextAcknowledged();
  for (const victim of victims) {
    await pause(LOAD_MS);
    await victim.crash();
    await pause(AWAY_MS);
    await victim.start();
    const isEarly = random() < EARLY;
    const since = performance.now();
    if (victim === loop.postgres || !isEarly) await loop.nextAcknowledged();
    if (victim === loop.postgres)
      slowest = Math.max(slowest, performance.now() - since);
    loop.onKilled();
  }
  // The last victim, too, must have come back.
  await loop.nextAcknowledged();
  return Math.round(slowest);
}
