import { setTimeout as sleep } from 'node:timers/promises';
import { createAuditor } from 'auditor-otel';
import { MADE } from './emitter-options';
import type { EmitterOptions, EmitterReport } from './emitter-options';
import { nthEvent } from './nth-event';

/** As many as are made at once where no rate is asked for. */
const BURST = 200;
/** Longer than any test keeps an emitter waiting. */
const PATIENCE_MS = 15 * 60_000;

/** An application that emits events through `auditor-otel`, in a process of its own. */
async function main(options: EmitterOptions): Promise<void> {
  const { endpoint, token, service, directory, events, perSecond } = options;
  const auditor = createAuditor({
    endpoint,
    token,
    serviceName: service,
    spool: { directory },
    delivery: { timeoutMs: PATIENCE_MS },
  });
  const latencies: number[] = [];

  async function emit(n: number): Promise<void> {
    const begun = performance.now();
    const { receipt } = auditor.record({ ...nthEvent(n), level: 'committed' });
    const { level } = await receipt;
    if (level === 'committed') latencies.push(performance.now() - begun);
  }

  const begun = performance.now();
  const receipts: Promise<void>[] = [];
  for (let n = 0; n < events; n++) {
    receipts.push(emit(n));
    if (perSecond) await sleepUntil(begun + ((n + 1) * 1000) / perSecond);
    else if (n % BURST === BURST - 1) await sleep(1);
  }
  console.log(MADE);
  await Promise.all(receipts);
  console.log(JSON.stringify(reportOf(latencies)));
  await auditor.close({ timeoutMs: PATIENCE_MS });
}

/** Nothing where that is past: then it catches up. */
async function sleepUntil(time: number): Promise<void> {
  const ms = time - performance.now();
  if (ms > 0) await sleep(ms);
}

function reportOf(latencies: number[]): EmitterReport {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  return {
    acknowledged: latencies.length,
    latencyMs: { p50: at(0.5), p99: at(0.99), max: at(1) },
  };
}

main(JSON.parse(process.argv[2]!) as EmitterOptions).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
