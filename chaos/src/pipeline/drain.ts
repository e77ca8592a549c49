import { setTimeout as sleep } from 'node:timers/promises';
import { settings } from './settings';
import type { Pipeline } from './start-pipeline';
import { committedIn } from './timeline';

const POLL_MS = 250;
/** How the names of those exporters of otel-collector.yaml begin that send to the receivers. */
const TO_RECEIVERS = 'exporter="otlp_http/';

/**
 * Ends the load, has everything delivered, and ends all parts but the database. What was lost cannot be waited for:
 * it is done when no queue holds anything and nothing more is committed for a while.
 *
 * @throws when a queue still holds something after five minutes, or an emitter cannot deliver
 */
export async function drain(
  pipeline: Pipeline,
  signal: AbortSignal,
): Promise<void> {
  const { fleet, collector, receivers, postgres } = pipeline;
  await postgres.ready();
  await fleet.finish();
  const deadline = Date.now() + settings.drainMs;
  let committed: number | undefined;
  let still = Date.now();
  while (Date.now() - still < settings.stillMs) {
    await sleep(POLL_MS, undefined, { signal });
    const now = await committedIn(postgres.url);
    const queued = collector ? await queuedIn(collector.metricsUrl) : 0;
    if (now === undefined || now !== committed || queued !== 0)
      still = Date.now();
    committed = now;
    if (Date.now() > deadline)
      throw new Error(
        `expected the Collector's queue to be empty ${settings.drainMs / 1_000} s after the load ended, but it holds ${queued}; see collector.log`,
      );
  }
  await collector?.stop();
  for (const receiver of receivers) await receiver.stop();
}

/** What the Collector's queue of audit events holds, if it has one, by its own metrics; undefined when it does not answer. */
async function queuedIn(metricsUrl: string): Promise<number | undefined> {
  try {
    const answer = await fetch(metricsUrl, {
      signal: AbortSignal.timeout(1_000),
    });
    const lines = (await answer.text()).split('\n');
    const sizes = lines.filter(
      (line) =>
        line.startsWith('otelcol_exporter_queue_size{') &&
        line.includes(TO_RECEIVERS),
    );
    return sizes.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  } catch {
    return undefined;
  }
}
