import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { quantile } from '../in-turns';
import { startEmitting } from './start-emitting';
import { startReceiverWithOutages } from './receiver-with-outages';

const RATES = [100, 1_000];
const WARM_UP_MS = 3_000;
const FLUSHES = 500;
const RECORD_BYTES = 800;

/**
 * How long an application waits that awaits `event.success()` at its default, until the record is on the disk: at a low rate,
 * where a record waits for others to share its flush, and at a high one. The spool is in the folder for temporary files.
 */
export async function spoolAwait(
  args: string[],
): Promise<Record<string, number>> {
  const { values } = parseArgs({
    args,
    options: { seconds: { type: 'string', default: '20' } },
  });
  const directory = mkdtempSync(join(tmpdir(), 'otel-audit-bench-'));
  const receiver = await startReceiverWithOutages();
  const figures: Record<string, number> = {};
  try {
    for (const eventsPerSecond of RATES) {
      const emitting = await startEmitting({
        subject: 'auditor',
        url: receiver.url,
        ...{ directory, eventsPerSecond },
        first: 0,
        tells: false,
      });
      await sleep(WARM_UP_MS);
      await emitting.snapshot();
      await sleep(Number(values.seconds) * 1_000);
      const { awaitP50Ms, awaitP99Ms } = await emitting.snapshot();
      await emitting.stop();
      figures[`spoolAwaitP50MsAt${eventsPerSecond}`] = awaitP50Ms;
      figures[`spoolAwaitP99MsAt${eventsPerSecond}`] = awaitP99Ms;
    }
    const flushes = await timeFlushes(directory);
    return {
      diskP50Ms: quantile(flushes, 0.5),
      diskP99Ms: quantile(flushes, 0.99),
      spoolAwaitP99Ms: Math.max(
        ...RATES.map((rate) => figures[`spoolAwaitP99MsAt${rate}`]!),
      ),
      ...figures,
    };
  } finally {
    await receiver.goAway();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What the disk itself takes for one record, in milliseconds: the share of the wait that no emitter can save. */
async function timeFlushes(directory: string): Promise<number[]> {
  const file = await open(join(directory, 'flushes'), 'ax');
  const record = Buffer.alloc(RECORD_BYTES);
  const waits: number[] = [];
  for (let i = 0; i < FLUSHES; i++) {
    const start = performance.now();
    await file.appendFile(record);
    await file.datasync();
    waits.push(Number((performance.now() - start).toFixed(3)));
  }
  await file.close();
  return waits;
}
