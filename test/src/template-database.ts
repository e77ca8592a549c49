import { migrate } from 'audit-event/store';
import { Client } from 'pg';

/** A migrated, empty database that nobody connects to, so that it can be cloned. */
export const TEMPLATE = 'audit_test_template';

/** Builds the template anew. */
export async function createTemplate(serverUrl: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    await client.query(`drop database if exists ${TEMPLATE}`);
    await client.query(`create database ${TEMPLATE}`);
  });
  await withClient(databaseUrl(serverUrl, TEMPLATE), async (client) => {
    await migrate(client);
  });
}

/** The connection string of another database on the same server. */
export function databaseUrl(serverUrl: string, database: string): string {
  return serverUrl.replace(
    /^(\w+:\/\/[^/]*\/)[^?]*/,
    (_, server: string) => server + database,
  );
}

/** Runs `work` with a connection of its own. */
export async function withClient<T>(
  url: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
