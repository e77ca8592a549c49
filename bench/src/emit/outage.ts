import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Snapshot } from './emitting-process';
import { startReceiverWithOutages } from './receiver-with-outages';
import type { ReceiverWithOutages } from './receiver-with-outages';
import { startEmitting } from './start-emitting';
import type { Emitting } from './start-emitting';

const POLL_MS = 50;
const RSS_POLL_MS = 500;
/** Until its code is compiled, and V8 has made the room for young objects as large as it gets. */
const WARM_UP_S = 60;
/** At most so long until the last event has arrived. */
const CATCH_UP_S = 600;

/**
 * What an outage of the receiver costs the application: memory, time of its calls, delay of its event loop; how long the
 * queue takes to drain; and whether anything is lost. Events come at a steady rate all the time.
 */
export async function outage(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      rate: { type: 'string', default: '1000' },
      minutes: { type: 'string', default: '10' },
      'up-seconds': { type: 'string', default: '30' },
      times: { type: 'string', default: '3' },
    },
  });
  const outageS = Number(values.minutes) * 60;
  const upS = Number(values['up-seconds']);
  const directory = mkdtempSync(join(tmpdir(), 'otel-audit-bench-'));
  const receiver = await startReceiverWithOutages();
  const emitting = await startEmitting({
    subject: 'auditor',
    url: receiver.url,
    directory,
    eventsPerSecond: Number(values.rate),
    first: 0,
    tells: false,
  });
  try {
    await sleep(WARM_UP_S * 1_000);
    await emitting.snapshot();
    const before = await whileWatched(emitting, () => sleep(upS * 1_000));
    const downs: Watched[] = [];
    const ups: Watched[] = [];
    let drainS = 0;
    for (let time = 1; time <= Number(values.times); time++) {
      await receiver.goAway();
      downs.push(await whileWatched(emitting, () => sleep(outageS * 1_000)));
      await receiver.comeBack();
      const { emitted } = downs.at(-1)!;
      const isLast = time === Number(values.times);
      const limitS = isLast ? CATCH_UP_S : upS;
      ups.push(
        await whileWatched(emitting, async () => {
          const s = await caughtUp(receiver, emitted, limitS);
          drainS += s;
          await sleep(Math.max(0, upS - s) * 1_000);
        }),
      );
      console.log(
        `outage ${time}: ${emitted} events emitted, ${Math.max(0, emitted - receiver.firstMissing())} still missing; down ${line(downs.at(-1)!)}; up ${line(ups.at(-1)!)}`,
      );
    }
    await emitting.stop();
    const { emitted } = ups.at(-1)!;
    return {
      lost: Math.max(0, emitted - receiver.arrived()),
      emitted,
      rssGrowthMb: Math.round(
        Math.max(...[...downs, ...ups].map(({ maxRssMb }) => maxRssMb)) -
          before.maxRssMb,
      ),
      drainShare: Number(
        (drainS / (outageS * Number(values.times))).toFixed(3),
      ),
      callP99Ms: phases('callP99Ms', before, downs, ups),
      awaitP99Ms: phases('awaitP99Ms', before, downs, ups),
      loopDelayP99Ms: phases('loopDelayP99Ms', before, downs, ups),
    };
  } finally {
    await emitting.kill();
    await receiver.goAway();
    rmSync(directory, { recursive: true, force: true });
  }
}

type Watched = Snapshot & { maxRssMb: number };

async function whileWatched(
  emitting: Emitting,
  work: () => Promise<unknown>,
): Promise<Watched> {
  let maxRssMb = 0;
  const watch = () => (maxRssMb = Math.max(maxRssMb, emitting.rssMb()));
  watch();
  const timer = setInterval(watch, RSS_POLL_MS);
  await work();
  clearInterval(timer);
  return { ...(await emitting.snapshot()), maxRssMb };
}

/** @returns seconds until all events before this one have arrived; the limit when they have not by then */
async function caughtUp(
  receiver: ReceiverWithOutages,
  events: number,
  limitS: number,
): Promise<number> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1_000;
  while (receiver.firstMissing() < events && seconds() < limitS)
    await sleep(POLL_MS);
  return seconds();
}

/** Before, and the worst of all times that the receiver was away, and that it was back. */
function phases(
  name: 'callP99Ms' | 'awaitP99Ms' | 'loopDelayP99Ms',
  before: Watched,
  downs: Watched[],
  ups: Watched[],
): object {
  const worst = (all: Watched[]) => Math.max(...all.map((one) => one[name]));
  return { before: before[name], down: worst(downs), up: worst(ups) };
}

function line({ maxRssMb, callP99Ms, awaitP99Ms, loopDelayP99Ms }: Watched) {
  return `${Math.round(maxRssMb)} MB, p99 of calls ${callP99Ms} ms, awaited ${awaitP99Ms} ms, loop ${loopDelayP99Ms} ms`;
}
