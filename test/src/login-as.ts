import { randomUUID } from 'node:crypto';
import type { Queryable } from 'audit-event/store';

/** A role that can log in and has the rights of another one, and nothing else. */
export interface Login {
  url: string;
  /** Removes the role; nobody may be connected as it. */
  drop(): Promise<void>;
}

/**
 * Makes a role that connects to a database with the rights of `group`.
 *
 * @example
 * const receiver = await loginAs(database.pool, database.url, 'audit_receiver');
 */
export async function loginAs(
  db: Queryable,
  databaseUrl: string,
  group: 'audit_receiver' | 'audit_query' | 'audit_reader',
): Promise<Login> {
  const name = `audit_test_${randomUUID().replaceAll('-', '')}`;
  await db.query(
    `create role ${name} login password '${name}' in role ${group}`,
  );
  const who = `user=${name}&password=${name}`;
  const bare = databaseUrl.replace(/([?&])user=[^&]*&?/, '$1');
  return {
    url: `${bare}${bare.includes('?') ? '&' : '?'}${who}`,
    drop: async () => {
      await db.query(`drop role ${name}`);
    },
  };
}
