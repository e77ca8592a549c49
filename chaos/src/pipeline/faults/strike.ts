import { setTimeout as sleep } from 'node:timers/promises';
import { settings } from '../settings';
import type { Pipeline } from '../start-pipeline';
import type { FaultName } from './fault-kinds';
import type { Locked } from './locks';
import type { PlannedFault } from './plan-faults';

type Strike = (
  pipeline: Pipeline,
  fault: PlannedFault,
  locked: Locked,
) => Promise<void>;

const DAY_MS = 24 * 60 * 60 * 1_000;

/** How each fault is done; resolves when the part is back, or the trouble is over. */
export const strikes: Record<FaultName, Strike> = {
  'kill-emitter': ({ fleet }, { target, lastsMs }, locked) =>
    locked(`emitter-${target}`, () => fleet.restart(target, lastsMs)),
  'kill-collector': ({ collector }, { lastsMs }, locked) =>
    locked('collector', async () => {
      await collector!.crash();
      await sleep(lastsMs);
      collector!.start();
    }),
  'kill-receiver': ({ receivers }, { target, lastsMs }, locked) =>
    locked(`receiver-${target}`, async () => {
      await receivers[target]!.crash();
      await sleep(lastsMs);
      receivers[target]!.start();
    }),
  'kill-postgres': ({ postgres }, { lastsMs }) =>
    postgres.restart('kill', lastsMs),
  'restart-postgres-fast': ({ postgres }, { lastsMs }) =>
    postgres.restart('fast', lastsMs),
  'restart-postgres-immediate': ({ postgres }, { lastsMs }) =>
    postgres.restart('immediate', lastsMs),
  'rolling-restart': async ({ receivers }, _, locked) => {
    for (const [i, receiver] of receivers.entries())
      await locked(`receiver-${i}`, async () => {
        await receiver.stop();
        receiver.switchVersion();
        receiver.start();
        await receiver.ready();
      });
  },
  latency: trouble('latency'),
  reset: trouble('reset'),
  'half-open': trouble('half-open'),
  'drop-answers': trouble('drop-answers'),
  unavailable: trouble('unavailable'),
  'disk-full-queue': async (pipeline, fault, locked) => {
    // With receivers that take what comes the queue does not grow, and hardly notices.
    const end = pipeline.hops[1].trouble('unavailable', fault.strength);
    await fill('queue')(pipeline, fault, locked).finally(end);
  },
  'disk-full-database': async (pipeline, fault, locked) => {
    await fill('database')(pipeline, fault, locked);
    await pipeline.postgres.ready();
  },
  'clock-jump': async (pipeline, { target, lastsMs, strength }, locked) => {
    const { emitters } = settings;
    const isEmitter = target < emitters;
    const part = isEmitter
      ? `emitter-${target}`
      : `receiver-${target - emitters}`;
    const shift = (ms: number) =>
      locked(part, async () => {
        if (isEmitter) pipeline.fleet.shiftClock(target, ms);
        else pipeline.receivers[target - emitters]!.shiftClock(ms);
      });
    await shift(Math.round((2 * strength - 1) * DAY_MS));
    await sleep(lastsMs);
    await shift(0);
  },
};

function trouble(what: Parameters<Pipeline['hops'][0]['trouble']>[0]): Strike {
  return async ({ hops }, { target, lastsMs, strength }) => {
    const end = hops[target === 0 ? 0 : 1].trouble(what, strength);
    await sleep(lastsMs);
    end();
  };
}

function fill(which: 'queue' | 'database'): Strike {
  return ({ volumes }, { lastsMs }, locked) =>
    locked(which, async () => {
      const volume = volumes![which];
      volume.fill();
      try {
        await sleep(lastsMs);
      } finally {
        volume.empty();
      }
    });
}
