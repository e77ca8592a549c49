import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { SERVER_URL } from './global-setup';
import { databaseUrl, TEMPLATE, withClient } from './template-database';

export interface TestDatabase {
  url: string;
  pool: Pool;
  /** Closes the pool and drops the database, whoever is still connected. */
  drop(): Promise<void>;
}

/**
 * A migrated database of one's own, a clone of the template.
 *
 * @example
 * let database: TestDatabase;
 * beforeAll(async () => { database = await createTestDatabase(); });
 * afterAll(() => database.drop());
 */
export async function createTestDatabase(
  template: string = TEMPLATE,
): Promise<TestDatabase> {
  const server = process.env[SERVER_URL]!;
  const name = `audit_test_${randomUUID().replaceAll('-', '')}`;
  await cloneTemplate(server, name, template);
  const url = databaseUrl(server, name);
  const pool = new Pool({ connectionString: url, max: 8 });
  // Dropping the database under idle clients is what `drop` does; nobody waits for their errors.
  pool.on('error', () => undefined);
  return {
    url,
    pool,
    async drop() {
      await pool.end();
      await withClient(server, (client) =>
        client.query(`drop database if exists ${name} with (force)`),
      );
    },
  };
}

async function cloneTemplate(
  server: string,
  name: string,
  template: string,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await withClient(server, (client) =>
        client.query(`create database ${name} template ${template}`),
      );
      return;
    } catch (error) {
      // 55006: another test file is cloning the template right now.
      const busy = (error as { code?: string }).code === '55006';
      if (!busy || attempt === 50) throw error;
      await sleep(100);
    }
  }
}
