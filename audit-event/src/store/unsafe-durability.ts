import type { Queryable } from './queryable';

/** Settings without which a commit can be lost or torn when the machine fails. */
const REQUIRED = { fsync: 'on', full_page_writes: 'on' } as const;

/**
 * Why a commit would not be durable on this server: one sentence per unsafe setting, none when it is safe.
 * `synchronous_commit` is not among them, because every batch sets its own.
 */
export async function unsafeDurability(db: Queryable): Promise<string[]> {
  const { rows } = await db.query(
    `select name, setting from pg_settings where name = any ($1::text[])`,
    [Object.keys(REQUIRED)],
  );
  return (rows as { name: keyof typeof REQUIRED; setting: string }[])
    .filter(({ name, setting }) => setting !== REQUIRED[name])
    .map(
      ({ name, setting }) =>
        `expected the Postgres setting ${name} = ${REQUIRED[name]}, got ${setting}: a commit could be lost when the machine fails`,
    );
}
