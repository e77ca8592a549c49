import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { EmittingOptions } from './emitting-process';
import { startReceiverWithOutages } from './receiver-with-outages';
import { startEmitting } from './start-emitting';

/** Before the outage, and after it, in seconds. */
const BEFORE_S = 5;
const AFTER_S = 20;

const cases = [
  { name: 'auditor', subject: 'auditor', isKilled: false },
  { name: 'stock', subject: 'stock', isKilled: false },
  { name: 'auditorKilled', subject: 'auditor', isKilled: true },
  { name: 'stockKilled', subject: 'stock', isKilled: true },
] as const;

/** What became of the events of one case. */
export interface Loss {
  emitted: number;
  lost: number;
}

/**
 * What is lost when the receiver is away for a while: by our auditor, and by the batch processor and exporter of
 * OpenTelemetry JS, both as they are by default, at the same time and rate. Then the same with a process that is killed by SIGKILL
 * in the midst of the outage and started again at once. Every event that was emitted counts, awaited or not.
 */
export async function outageLosses(
  args: string[],
): Promise<{ lost: Record<string, Loss> }> {
  const { values } = parseArgs({
    args,
    options: {
      rate: { type: 'string', default: '100' },
      seconds: { type: 'string', default: '30' },
    },
  });
  const halfMs = (Number(values.seconds) / 2) * 1_000;
  const directory = mkdtempSync(join(tmpdir(), 'otel-audit-bench-'));
  const run = async ({ name, subject, isKilled }: (typeof cases)[number]) => {
    const receiver = await startReceiverWithOutages();
    const options: EmittingOptions = {
      subject,
      url: receiver.url,
      directory: join(directory, name),
      eventsPerSecond: Number(values.rate),
      first: 0,
      tells: true,
    };
    const first = await startEmitting(options);
    let running = first;
    await sleep(BEFORE_S * 1_000);
    await receiver.goAway();
    await sleep(halfMs);
    if (isKilled) {
      await first.kill();
      running = await startEmitting({ ...options, first: first.told() });
    }
    await sleep(halfMs);
    await receiver.comeBack();
    await sleep(AFTER_S * 1_000);
    await running.stop();
    await receiver.goAway();
    const emitted =
      running === first ? first.told() : first.told() + running.told();
    const loss: Loss = { emitted, lost: emitted - receiver.arrived() };
    console.log(`${name}: ${loss.lost} of ${emitted} events are lost`);
    return [name, loss] as const;
  };
  try {
    return { lost: Object.fromEntries(await Promise.all(cases.map(run))) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
