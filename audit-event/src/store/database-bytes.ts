import type { Queryable } from './queryable';

/** What the whole database takes on disk. */
export async function databaseBytes(db: Queryable): Promise<number> {
  const { rows } = await db.query(
    `select pg_database_size(current_database())::double precision as bytes`,
  );
  return rows[0].bytes as number;
}
