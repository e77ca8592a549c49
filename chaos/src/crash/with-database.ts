import { Client } from 'pg';

/** Runs `work` with a connection of its own. */
export async function withDatabase<T>(
  url: string,
  work: (db: Client) => Promise<T>,
): Promise<T> {
  const db = new Client({ connectionString: url });
  // What a lost connection means is said by the statement that meets it.
  db.on('error', () => undefined);
  await db.connect();
  try {
    return await work(db);
  } finally {
    await db.end();
  }
}
