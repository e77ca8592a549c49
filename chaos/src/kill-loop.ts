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

/** How many requests are acknowledged between two kills: not a time, so that a slow machine has load, too. */
const REQUESTS = 20;
/** How many kills do not wait for that: they strike before work has resumed. */
const EARLY = 0.2;
/** How long after the last of these requests the kill comes, and how long its victim stays away, in milliseconds. */
const DELAY_MS = 60;
const AWAY_MS = 150;

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
  for (const victim of victims) {
    const requests = random() < EARLY ? 0 : between(random, 1, REQUESTS);
    for (let i = 0; i < requests; i++) await loop.nextAcknowledged();
    await pause(DELAY_MS);
    await victim.crash();
    await pause(AWAY_MS);
    await victim.start();
    if (victim === loop.postgres) {
      const since = performance.now();
      await loop.nextAcknowledged();
      slowest = Math.max(slowest, performance.now() - since);
    }
    loop.onKilled();
  }
  // The last victim, too, must have come back.
  await loop.nextAcknowledged();
  return Math.round(slowest);
}
