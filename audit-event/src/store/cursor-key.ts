import type { Queryable } from './queryable';

/** The key that cursors are signed with: all query services on a database share it, and it outlives them. */
export async function loadCursorKey(db: Queryable): Promise<Uint8Array> {
  const { rows } = await db.query(`select key from audit.cursor_key`);
  return rows[0].key as Uint8Array;
}
