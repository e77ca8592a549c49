import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EmbeddedPostgres } from 'stack';
import { Client } from 'pg';
import type { Case } from './cases';
import { startServiceProcess } from './service-process';

const FILE = 'plans.txt';
/** Statements that take less are not worth a plan. */
const MIN_MS = 5;
/** The server writes its log on its own time. */
const LOG_MS = 500;

/**
 * Writes the plans of what some cases ask, as they were carried out, to `plans.txt` in the folder of the database.
 *
 * @returns the file
 */
export async function explain(
  { url, folder }: EmbeddedPostgres,
  cases: readonly Case[],
): Promise<string> {
  const log = join(folder, 'postgres.log');
  const client = new Client({ connectionString: url });
  await client.connect();
  let plans = '';
  try {
    await client.query(
      `alter database audit set session_preload_libraries = 'auto_explain'`,
    );
    await client.query(
      `alter database audit set auto_explain.log_min_duration = ${MIN_MS}`,
    );
    await client.query(
      `alter database audit set auto_explain.log_analyze = on`,
    );
    await client.query(
      `alter database audit set auto_explain.log_buffers = on`,
    );
    const service = await startServiceProcess(url);
    for (const { name, path } of cases) {
      const before = statSync(log).size;
      const { ms } = await service.ask(path(1_000));
      await sleep(LOG_MS);
      const told = readFileSync(log).subarray(before).toString();
      plans += `=== ${name}: ${ms.toFixed(1)} ms, with what it takes to note the plans\n${told}\n`;
    }
    await service.stop();
  } finally {
    await client.query(`alter database audit reset all`);
    await client.end();
  }
  const file = join(folder, FILE);
  writeFileSync(file, plans);
  return file;
}
