import { setTimeout as sleep } from 'node:timers/promises';
import { createAuditor } from 'auditor-otel';
import { between, seededRandom } from '../seeded-random';
import { ENDING, SERVICE_NAME } from './emit-options';
import type { EmitOptions } from './emit-options';
import { planRecord, recordOptionsOf } from './plan-record';

/** How many records are made in one turn of the event loop, and how long until the next turn, in milliseconds. */
const BURST = 64;
const PAUSE_MS = 10;
/** How many bursts are awaited. */
const AWAITED = 0.3;
/** How long `close` waits while the receiver may be away, and how long the last process waits for all that was left. */
const CLOSE_MS = 300;
const DELIVER_MS = 120_000;

async function emit(options: EmitOptions): Promise<void> {
  const { process: number, endpoint, directory, records, ending } = options;
  const origin = {
    seed: options.seed,
    startedAt: BigInt(options.startedAt),
  };
  const random = seededRandom(origin.seed, 'pace', number);
  const auditor = createAuditor({
    endpoint,
    serviceName: SERVICE_NAME,
    spool: { directory },
    timeoutMs: 2_000,
  });

  async function make(n: number): Promise<void> {
    const planned = planRecord(origin, { process: number, n });
    const { receipt } = auditor.record(recordOptionsOf(planned));
    const { level } = await receipt;
    if (level === 'spool' || level === 'committed') tell(String(n));
  }

  for (let n = 0; n < records;) {
    const end = Math.min(records, n + between(random, 1, BURST));
    const burst: Promise<void>[] = [];
    while (n < end) burst.push(make(n++));
    if (random() < AWAITED) await Promise.all(burst);
    await sleep(between(random, 0, PAUSE_MS));
  }
  tell(ENDING);
  if (ending === 'deliver') {
    const result = await auditor.flush({ timeoutMs: DELIVER_MS });
    if (result.status !== 'sent')
      throw new Error(
        `expected all records to be delivered within ${DELIVER_MS} ms, but ${result.records} are left`,
      );
  }
  if (ending !== 'exit') await auditor.close({ timeoutMs: CLOSE_MS });
  process.exit();
}

/** Written at once: pipes are synchronous but on Windows. */
function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

// Whoever listens is gone.
process.stdout.on('error', () => process.kill(process.pid, 'SIGKILL'));
emit(JSON.parse(process.argv[2]!) as EmitOptions).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
