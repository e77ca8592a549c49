import { setTimeout as sleep } from 'node:timers/promises';
import type { Auditor, createAuditor } from 'auditor-otel';
import { ENDING, SERVICE_NAME } from '../../emitter/emit-options';
import { recordOptionsOf } from '../../emitter/plan-record';
import { settings } from '../settings';
import { planEvent } from './plan-event';
import type { SteadyOptions } from './steady-options';

/** How often events are made, in milliseconds. */
const TURN_MS = 20;

/** Makes events at a steady rate until SIGTERM, then delivers all that is left, also what others left. */
async function emit(options: SteadyOptions): Promise<void> {
  const auditorOtel = require(options.auditorModule) as {
    createAuditor: typeof createAuditor;
  };
  const auditor = auditorOtel.createAuditor({
    endpoint: options.endpoint,
    token: options.token,
    serviceName: SERVICE_NAME,
    spool: { directory: options.directory },
  });
  const asked = new AbortController();
  process.on('SIGTERM', () => asked.abort());

  const began = performance.now();
  for (let n = 0; !asked.signal.aborted && options.rate > 0;) {
    const due = ((performance.now() - began) / 1_000) * options.rate;
    while (n < due) void make(auditor, options, n++);
    await sleep(TURN_MS);
  }
  tell(ENDING);
  const result = await auditor.flush({ timeoutMs: settings.drainMs });
  if (result.status !== 'sent')
    throw new Error(
      `expected all events to be delivered within ${settings.drainMs / 1_000} s, but ${result.records} are left`,
    );
  await auditor.close();
  process.exit();
}

async function make(
  auditor: Auditor,
  { seed, startedAt, process: number }: SteadyOptions,
  n: number,
): Promise<void> {
  const origin = { seed, startedAt: BigInt(startedAt) };
  const at = String(BigInt(Date.now()) * 1_000_000n + BigInt(n % 1_000));
  const event = planEvent(origin, { process: number, n, at });
  const { level } = await auditor.record(recordOptionsOf(event)).receipt;
  if (level === 'spool' || level === 'committed') tell(String(n));
}

/** Written at once: pipes are synchronous but on Windows. */
function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

// Whoever listens is gone.
process.stdout.on('error', () => process.kill(process.pid, 'SIGKILL'));
emit(JSON.parse(process.argv[2]!) as SteadyOptions).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
