import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from 'stack';
import { quantile } from './in-turns';
import { startLoad } from './load-process';
import type { SendReport } from './load/send-requests';
import { startReceiver } from './receiver';
import type { ServiceChild } from './service-child';

/** Of good traffic: 10 requests of 512 records a second. */
const GOOD_PER_SECOND = 10;
const GOOD_CONNECTIONS = 4;
const SLOW_CONNECTIONS = 5_000;
const WARM_UP_S = 10;
const SAMPLE_MS = 250;

/** Of the good traffic, times in milliseconds. */
interface Phase {
  p50: number;
  p99: number;
  maxRssMb: number;
  statuses: Record<string, number>;
}

interface Attack {
  name: string;
  options: object;
}

/** What a gzip bomb and thousands of slow connections cost those who send as they should, and the receiver's memory. */
export async function hostile(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: { seconds: { type: 'string', default: '30' } },
  });
  const seconds = Number(values.seconds);
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-bench-'));
  const postgres = await startEmbeddedPostgres(folder);
  try {
    const bombed = await underAttack(postgres.url, seconds, {
      name: 'send-bombs',
      options: {},
    });
    const slowed = await underAttack(postgres.url, seconds, {
      name: 'hold-connections',
      options: { connections: SLOW_CONNECTIONS },
    });
    return {
      bombRssGrowthMb: growth(bombed),
      slowRssGrowthMb: growth(slowed),
      p99Ratio: Math.max(ratio(bombed), ratio(slowed)),
      bombP99Ms: [bombed.alone, bombed.attacked].map(({ p99 }) => p99),
      slowP99Ms: [slowed.alone, slowed.attacked].map(({ p99 }) => p99),
    };
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Good traffic alone and then during an attack, on a receiver of its own, whose memory nothing has grown before. */
async function underAttack(
  databaseUrl: string,
  seconds: number,
  { name, options }: Attack,
): Promise<{ alone: Phase; attacked: Phase }> {
  const receiver = await startReceiver(databaseUrl);
  const { url } = receiver;
  try {
    await measure(receiver, WARM_UP_S);
    const alone = await measure(receiver, seconds);
    console.log('alone:', alone);
    const attack = await startLoad(name, { url, ...options });
    const attacked = await measure(receiver, seconds);
    console.log(`${name}:`, attacked, await attack.stop());
    return { alone, attacked };
  } finally {
    await receiver.stop();
  }
}

function growth({ alone, attacked }: Record<'alone' | 'attacked', Phase>) {
  return attacked.maxRssMb - alone.maxRssMb;
}

function ratio({ alone, attacked }: Record<'alone' | 'attacked', Phase>) {
  return Number((attacked.p99 / alone.p99).toFixed(2));
}

let measured = 0;

/** Good traffic for some seconds, and the memory of the receiver meanwhile. */
async function measure(
  receiver: ServiceChild,
  seconds: number,
): Promise<Phase> {
  const good = await startLoad<SendReport>('send-requests', {
    url: receiver.url,
    connections: GOOD_CONNECTIONS,
    perSecond: GOOD_PER_SECOND,
    first: ++measured * 1_000_000,
  });
  let maxRssMb = 0;
  const timer = setInterval(() => {
    maxRssMb = Math.max(maxRssMb, receiver.rssMb());
  }, SAMPLE_MS);
  await sleep(seconds * 1_000);
  clearInterval(timer);
  const { latencies, statuses } = await good.stop();
  return {
    p50: Math.round(quantile(latencies, 0.5)),
    p99: Math.round(quantile(latencies, 0.99)),
    maxRssMb: Math.round(maxRssMb),
    statuses,
  };
}
