import type { Queryable } from '../queryable';
import { printedTime } from '../time-text';

/** A rule in force in the database, as API v2 shows it; times in UTC. */
export interface RuleRow {
  id: string;
  version: number;
  /** Unchecked: it may have been written by another version of the product. */
  rule: unknown;
  comment: string | null;
  created_at: string;
  created_by: string;
  changed_at: string;
  changed_by: string;
}

/** One version of a rule; `rule` is null where it was deleted. */
export interface RuleVersionRow {
  version: number;
  rule: unknown;
  comment: string | null;
  changed_at: string;
  changed_by: string;
}

/**
 * The rules in force, in the order they were made, and the revision of their set: it grows with every change.
 *
 * @param id of the only one to find
 */
export async function findRules(
  db: Queryable,
  id: string | null = null,
): Promise<{ rules: RuleRow[]; revision: string }> {
  const { rows } = await db.query(
    `select id::text, version, rule, comment, created_at, created_by, ${printedTime('changed_at')} as changed_at, changed_by
     from (
       select distinct on (id) id, version, rule, comment, changed_at, changed_by,
         first_value(revision) over made as made,
         ${printedTime('first_value(changed_at) over made')} as created_at,
         first_value(changed_by) over made as created_by
       from audit.exclusion_rule
       where $1::uuid is null or id = $1::uuid
       window made as (partition by id order by version)
       order by id, version desc
     ) as newest
     where rule is not null
     order by made`,
    [id],
  );
  const revision = await db.query(
    `select coalesce(max(revision), 0)::text as revision from audit.exclusion_rule`,
  );
  return {
    rules: rows as RuleRow[],
    revision: revision.rows[0].revision as string,
  };
}

/** All versions of a rule, the newest first; none when there never was such a rule. */
export async function findRuleVersions(
  db: Queryable,
  id: string,
): Promise<RuleVersionRow[]> {
  const { rows } = await db.query(
    `select version, rule, comment, ${printedTime('changed_at')} as changed_at, changed_by
     from audit.exclusion_rule
     where id = $1::uuid
     order by version desc`,
    [id],
  );
  return rows as RuleVersionRow[];
}
