import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port';
import { startServiceChild } from '../service-child';

/** Of who may do all there is. */
export const BENCH_TOKEN = 'a-token-of-the-benchmark';
const STATEMENT_TIMEOUT_MS = '60000';
/** What the service of the last run logged. */
const LOG_FILE = join(tmpdir(), 'otel-audit-bench-service.log');

/** An answer that has come as a whole. */
export interface Answer {
  text: string;
  /** Milliseconds until its last byte was there. */
  ms: number;
}

/** A query service in a process of its own. */
export interface ServiceProcess {
  url: string;
  /** @throws when the answer is none of the 200s */
  ask: (path: string, body?: object) => Promise<Answer>;
  /** Reads an answer of any length and keeps none of it: how many lines it has, and milliseconds. */
  drain: (path: string) => Promise<{ lines: number; ms: number }>;
  /** Memory of the process, in MB. */
  rssMb: () => number;
  stop: () => Promise<void>;
}

/** Starts the built query service on a database and waits until it is ready. */
export async function startServiceProcess(
  databaseUrl: string,
): Promise<ServiceProcess> {
  const main = join(__dirname, '../../../query-service/dist/main.js');
  const port = await freePort();
  const env = {
    AUDIT_DATABASE_URL: databaseUrl,
    AUDIT_QUERY_PORT: String(port),
    AUDIT_QUERY_STATEMENT_TIMEOUT_MS: STATEMENT_TIMEOUT_MS,
    AUDIT_ADMIN_TOKEN: BENCH_TOKEN,
  };
  const child = await startServiceChild([main], port, env, LOG_FILE);
  const headers = { authorization: `Bearer ${BENCH_TOKEN}` };
  return {
    url: child.url,
    async ask(path, body) {
      const start = performance.now();
      const answer = await fetch(
        child.url + path,
        body
          ? {
              method: 'POST',
              headers: { ...headers, 'content-type': 'application/json' },
              body: JSON.stringify(body),
            }
          : { headers },
      );
      const text = await answer.text();
      if (!answer.ok)
        throw new Error(
          `expected 200 from ${path}, got ${answer.status}: ${text}; the service's log is ${LOG_FILE}`,
        );
      return { text, ms: performance.now() - start };
    },
    async drain(path) {
      const start = performance.now();
      const answer = await fetch(child.url + path, { headers });
      if (!answer.ok)
        throw new Error(`expected 200 from ${path}, got ${answer.status}`);
      let lines = 0;
      for await (const piece of answer.body as AsyncIterable<Uint8Array>)
        for (
          let at = piece.indexOf(10);
          at >= 0;
          at = piece.indexOf(10, at + 1)
        )
          lines += 1;
      return { lines, ms: performance.now() - start };
    },
    rssMb: () => child.rssMb(),
    stop: () => child.stop(),
  };
}
