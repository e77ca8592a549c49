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
import type { Receiver } from './receiver';

/** Of good traffic: 10 requests of 512 records a second. */
const GOOD_PER_SECOND = 10;
const GOOD_CONNECTIONS = 4;
const SLOW_CONNECTIONS = 5_000;
const WARM_UP_S = 10;
const SAMPLE_MS = 250;

interface Phase {
  p99: number;
  p50: number;
  maxRssMb: number;
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
  const receiver = await startReceiver(postgres.url);
  const { url } = receiver;
  let first = 0;
  const phase = async (name: string, length: number) => {
    const result = await measure(receiver, length, (first += 1_000_000));
    console.log(
      `${name}: p50 ${result.p50.toFixed(0)} ms, p99 ${result.p99.toFixed(0)} ms, memory ${result.maxRssMb.toFixed(0)} MB`,
    );
    return result;
  };
  try {
    await phase('warming up', WARM_UP_S);
    const alone = await phase('alone', seconds);
    const bombs = startLoad('send-bombs', { url });
    const bombed = await phase('during gzip bombs', seconds);
    console.log('bombs:', await bombs.stop());
    const holders = startLoad('hold-connections', {
      url,
      connections: SLOW_CONNECTIONS,
    });
    const slowed = await phase('during slow connections', seconds);
    console.log('slow connections:', await holders.stop());
    return {
      bombRssGrowthMb: Math.round(bombed.maxRssMb - alone.maxRssMb),
      slowRssGrowthMb: Math.round(slowed.maxRssMb - alone.maxRssMb),
      p99Ratio: Number(
        (Math.max(bombed.p99, slowed.p99) / alone.p99).toFixed(2),
      ),
      aloneP99Ms: Math.round(alone.p99),
      bombP99Ms: Math.round(bombed.p99),
      slowP99Ms: Math.round(slowed.p99),
    };
  } finally {
    await receiver.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Good traffic for some seconds, and the memory of the receiver meanwhile. */
async function measure(
  receiver: Receiver,
  seconds: number,
  first: number,
): Promise<Phase> {
  const good = startLoad<SendReport>('send-requests', {
    url: receiver.url,
    connections: GOOD_CONNECTIONS,
    perSecond: GOOD_PER_SECOND,
    first,
  });
  let maxRssMb = 0;
  const timer = setInterval(() => {
    maxRssMb = Math.max(maxRssMb, receiver.rssMb());
  }, SAMPLE_MS);
  await sleep(seconds * 1_000);
  clearInterval(timer);
  const { latencies, acknowledged, statuses } = await good.stop();
  console.log(
    `good traffic: ${acknowledged.length} stored, by status`,
    statuses,
  );
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    maxRssMb,
  };
}
