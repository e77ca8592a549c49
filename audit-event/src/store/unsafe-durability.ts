import type { Queryable } from './queryable';

interface Requirement {
  name: string;
  expected: string;
  isMet: (setting: string) => boolean;
  /** What may happen otherwise. */
  danger: string;
}

const isOn = (setting: string) => setting === 'on';
const machineFails = 'a commit could be lost when the machine fails';
const required: Requirement[] = [
  { name: 'fsync', expected: 'on', isMet: isOn, danger: machineFails },
  {
    name: 'full_page_writes',
    expected: 'on',
    isMet: isOn,
    danger: machineFails,
  },
];
const requiredOfStandbys: Requirement = {
  name: 'synchronous_standby_names',
  expected: 'the names of synchronous standbys',
  isMet: (setting) => setting.trim() !== '',
  danger: 'a commit could be lost at a failover',
};

/**
 * Why a commit would not be durable on this server: one sentence per unsafe setting, none when it is safe.
 * `synchronous_commit` is not among them, because every batch sets its own.
 *
 * @param requireStandby whether a commit has to reach a synchronous standby too
 * @example
 * const [reason] = await unsafeDurability(pool, { requireStandby: false });
 */
export async function unsafeDurability(
  db: Queryable,
  { requireStandby }: { requireStandby: boolean },
): Promise<string[]> {
  const requirements = requireStandby
    ? [...required, requiredOfStandbys]
    : required;
  const { rows } = await db.query(
    `select name, setting from pg_settings where name = any ($1::text[])`,
    [requirements.map(({ name }) => name)],
  );
  const settings = new Map(
    (rows as { name: string; setting: string }[]).map((row) => [
      row.name,
      row.setting,
    ]),
  );
  return requirements
    .filter(({ name, isMet }) => !isMet(settings.get(name) ?? ''))
    .map(
      ({ name, expected, danger }) =>
        `expected the Postgres setting ${name} = ${expected}, got ${settings.get(name) || 'nothing'}: ${danger}`,
    );
}
