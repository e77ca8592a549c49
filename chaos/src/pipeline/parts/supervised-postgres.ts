import { setTimeout as sleep } from 'node:timers/promises';
import { startCrashablePostgres } from '../../crash/crashable-postgres';
import { settings } from '../settings';
import type { Mishap } from './mishap';

/** A Postgres server that is started again whenever it ends by itself. */
export interface SupervisedPostgres {
  /** The same after every start. */
  url: string;
  /** Ends it in this way, leaves it away for so long, and starts it; resolves when it has recovered. */
  restart(how: 'kill' | 'fast' | 'immediate', awayMs: number): Promise<void>;
  /** Resolves when it runs and takes connections. */
  ready(): Promise<void>;
  /** Each time it ended by itself. */
  mishaps(): readonly Mishap[];
  remove(): Promise<void>;
}

/** Starts one whose data are in `folder`. */
export async function supervisePostgres(
  folder: string,
): Promise<SupervisedPostgres> {
  const postgres = await startCrashablePostgres(folder);
  const mishaps: Mishap[] = [];
  let turn: Promise<void> = Promise.resolve();
  /** One after the other: two must not start it at once. */
  const inTurn = (work: () => Promise<void>): Promise<void> =>
    (turn = turn.then(work));
  const watch = setInterval(() => {
    if (!postgres.isAlive()) void inTurn(revive);
  }, settings.respawnMs);

  async function revive(): Promise<void> {
    if (postgres.isAlive()) return;
    const what = 'ended by itself';
    mishaps.push({ kind: 'running', what, atMs: performance.now() });
    await start();
  }

  /** Its disk may be full: then it cannot start until there is room. */
  async function start(): Promise<void> {
    const deadline = Date.now() + settings.drainMs;
    for (;;) {
      try {
        return await postgres.start();
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await sleep(settings.respawnMs);
      }
    }
  }

  return {
    url: postgres.url,
    restart: (how, awayMs) =>
      inTurn(async () => {
        await (how === 'kill' ? postgres.crash() : postgres.stop(how));
        await sleep(awayMs);
        await start();
      }),
    ready: () =>
      inTurn(async () => {
        if (!postgres.isAlive()) await revive();
      }),
    mishaps: () => mishaps,
    async remove() {
      clearInterval(watch);
      await turn.catch(() => undefined);
      await postgres.remove();
    },
  };
}
