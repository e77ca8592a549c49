import { Client } from 'pg';
import { settings } from './settings';

/** How far the run was at a moment, since its beginning. */
export interface Sample {
  atMs: number;
  /** Events that emitters had promised. */
  promised: number;
  /** Events that were committed; undefined while the database could not be asked. */
  committed: number | undefined;
}

/** Samples that are taken until it is ended. */
export interface Timeline {
  samples: readonly Sample[];
  end(): Promise<void>;
}

/** Takes a sample each second. */
export function startTimeline(
  databaseUrl: string,
  promised: () => number,
): Timeline {
  const began = performance.now();
  const samples: Sample[] = [];
  let last: Promise<void> = Promise.resolve();
  let isAsking = false;

  async function sample(): Promise<void> {
    isAsking = true;
    const at = { atMs: performance.now() - began, promised: promised() };
    samples.push({ ...at, committed: await committedIn(databaseUrl) });
    isAsking = false;
  }

  const timer = setInterval(() => {
    if (!isAsking) last = sample();
  }, settings.sampleMs);
  return {
    samples,
    async end() {
      clearInterval(timer);
      await last;
      await sample();
    },
  };
}

/** How many events are committed; undefined when the database does not answer within a second. */
export async function committedIn(
  databaseUrl: string,
): Promise<number | undefined> {
  const db = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 1_000,
    query_timeout: 1_000,
  });
  db.on('error', () => undefined);
  try {
    await db.connect();
    const { rows } = await db.query(
      `select coalesce(sum(stored), 0)::integer as stored from audit.batch`,
    );
    return (rows as { stored: number }[])[0]!.stored;
  } catch {
    return undefined;
  } finally {
    await db.end().catch(() => undefined);
  }
}
