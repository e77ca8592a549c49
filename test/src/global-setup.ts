import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../stack/src/postgres/embedded-postgres';
import { createTemplate } from './template-database';

/** Where the tests find their server, in the environment that jest's workers inherit. */
export const SERVER_URL = 'AUDIT_TEST_SERVER_URL';

declare global {
  var stopTestPostgres: (() => Promise<void>) | undefined;
}

/**
 * Starts one Postgres for all tests, or takes the one that AUDIT_TEST_DATABASE_URL names, and builds the template
 * that each test file clones. Runs once per jest project; the first one does the work.
 */
export default async function globalSetup(): Promise<void> {
  if (process.env[SERVER_URL]) return;
  if (!process.version.startsWith('v24.'))
    throw new Error(
      `expected Node 24 from the devDependency "node", got ${process.version}; run "npm rebuild node" (its install script was skipped)`,
    );
  const url = process.env['AUDIT_TEST_DATABASE_URL'] ?? (await startServer());
  await createTemplate(url);
  process.env[SERVER_URL] = url;
}

async function startServer(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-test-'));
  const postgres = await startEmbeddedPostgres(folder);
  globalThis.stopTestPostgres = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return postgres.url;
}
