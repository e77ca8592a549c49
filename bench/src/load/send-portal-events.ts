import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { toLogRecord } from 'audit-event';
import { protobufEncoding } from 'auditor-otel';
import { runLoad } from '../load-process';
import { chunks, ROWS_PER_REQUEST } from '../request-bodies';
import { portalEvents } from '../seed/portal-events';

export interface PortalLoadOptions {
  url: string;
  /** Events a second, whatever becomes of the others. */
  rowsPerS: number;
}

export interface PortalLoadReport {
  /** Events whose request was answered 200. */
  acknowledged: number;
}

/** Time for the answers to what is under way at the end. */
const LAST_ANSWERS_MS = 10_000;
/** What is sent waits so long for others. */
const BATCH_MS = 100;

/** Events of a portal as they happen, of the same kinds, people and entities as those that `seed` makes. */
runLoad(async ({ url, rowsPerS }: PortalLoadOptions, stopped, begin) => {
  const encoding = protobufEncoding();
  const agent = new Agent({ keepAlive: true });
  const report: PortalLoadReport = { acknowledged: 0 };
  const outstanding = new Set<Promise<void>>();
  const start = performance.now();
  let sent = 0;
  begin();
  while (!stopped.aborted) {
    const due = Math.floor(((performance.now() - start) * rowsPerS) / 1_000);
    const toMs = Date.now();
    const fresh = due - sent;
    const events = [
      ...portalEvents({
        count: fresh,
        fromMs: toMs - BATCH_MS,
        toMs,
        seed: due,
      }),
    ];
    for (const some of chunks(events, ROWS_PER_REQUEST)) {
      const records = some.map((event) =>
        // Each turn's are a stream of their own, of which there would be too many.
        encoding.encodeRecord(
          toLogRecord({ ...event, streamId: undefined, sequence: undefined }),
        ),
      );
      const body = encoding.encodeRequest(some[0]!.source!, records);
      const work: Promise<void> = post(url, agent, body)
        .then((isStored) => {
          if (isStored) report.acknowledged += some.length;
        })
        .finally(() => outstanding.delete(work));
      outstanding.add(work);
    }
    sent = due;
    await sleep(BATCH_MS);
  }
  await Promise.race([
    Promise.all(outstanding),
    sleep(LAST_ANSWERS_MS, undefined, { ref: false }),
  ]);
  return report;
});

function post(url: string, agent: Agent, body: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = request(
      `${url}/v1/logs`,
      {
        agent,
        method: 'POST',
        headers: { 'content-type': 'application/x-protobuf' },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode === 200));
        answer.on('error', () => resolve(false));
      },
    );
    sent.on('error', () => resolve(false));
    sent.end(body);
  });
}
