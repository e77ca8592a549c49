import type { Queryable } from '../queryable';

/** Any number that nothing else in the database locks. */
const RULES_LOCK = 74_204_319;

/** What a rule becomes; null deletes it. */
export interface RuleVersion {
  id: string;
  version: number;
  rule: object | null;
  comment: string | null;
}

/** Makes the changes of rules wait for each other until the transaction ends: what is read after it, stays. */
export async function lockRules(db: Queryable): Promise<void> {
  await db.query(`select pg_advisory_xact_lock($1::bigint)`, [RULES_LOCK]);
}

/**
 * Adds versions of rules, one for each rule that is made, changed or deleted. Call `lockRules` first.
 *
 * @param changedBy who, for the history
 */
export async function addRuleVersions(
  db: Queryable,
  versions: readonly RuleVersion[],
  changedBy: string,
): Promise<void> {
  await db.query(
    `insert into audit.exclusion_rule (id, version, rule, comment, changed_by)
     select id, version, rule, comment, $5::text
     from unnest($1::uuid[], $2::integer[], $3::jsonb[], $4::text[])
       with ordinality as changed (id, version, rule, comment, place)
     order by place`,
    [
      versions.map(({ id }) => id),
      versions.map(({ version }) => version),
      versions.map(({ rule }) => rule && JSON.stringify(rule)),
      versions.map(({ comment }) => comment),
      changedBy,
    ],
  );
}
