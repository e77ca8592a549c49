/** What the SQL functions need of a database: `pg.Pool`, `pg.Client` and `pg.PoolClient` fit as they are. */
export interface Queryable {
  // oxlint-disable-next-line typescript/no-explicit-any -- rows are whatever the statement selects
  query(text: string, values?: unknown[]): Promise<{ rows: any[] }>;
}

/** One connection, on which `begin` and `commit` mean something, and that can `COPY`. */
export interface Connection extends Queryable {
  /** Runs a `copy ... from stdin (format binary)` with the bytes given, in pieces. */
  copyIn(statement: string, pieces: readonly Uint8Array[]): Promise<void>;
}

/**
 * Runs `work` in one transaction: commits when it resolves, rolls back when it rejects.
 *
 * @param begin what begins it, to set something for it in the same message
 * @throws what `work` or the database throws, after the rollback
 */
export async function inTransaction<T>(
  db: Queryable,
  work: () => Promise<T>,
  begin = 'begin',
): Promise<T> {
  await db.query(begin);
  try {
    const result = await work();
    await db.query('commit');
    return result;
  } catch (error) {
    // A lost connection cannot roll back, and has no need to: the server does. The cause is what the caller must see.
    await db.query('rollback').catch(() => undefined);
    throw error;
  }
}
