import { setTimeout as sleep } from 'node:timers/promises';
import { startLoad } from '../load-process';
import type {
  PortalLoadOptions,
  PortalLoadReport,
} from '../load/send-portal-events';
import { startReceiver } from '../receiver';

/** Ingest at a steady rate, by a receiver and a sender in processes of their own. */
export interface IngestBeside {
  /** Ends both: how many rows a second were acknowledged since it began. */
  stop: () => Promise<number>;
}

/** @param rowsPerS that are sent, however many are taken */
export async function startIngest(
  databaseUrl: string,
  rowsPerS: number,
): Promise<IngestBeside> {
  const receiver = await startReceiver(databaseUrl);
  const options: PortalLoadOptions = { url: receiver.url, rowsPerS };
  const load = await startLoad<PortalLoadReport>('send-portal-events', options);
  const start = performance.now();
  return {
    async stop() {
      const seconds = (performance.now() - start) / 1_000;
      const { acknowledged } = await load.stop();
      await receiver.stop();
      return acknowledged / seconds;
    },
  };
}

/** The rate that is reached while nobody reads. */
export async function ingestAlone(
  databaseUrl: string,
  rowsPerS: number,
  seconds: number,
): Promise<number> {
  const ingest = await startIngest(databaseUrl, rowsPerS);
  await sleep(seconds * 1_000);
  return ingest.stop();
}
