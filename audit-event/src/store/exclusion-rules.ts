import type { Queryable } from './queryable';

/** An exclusion rule as it is kept: checked by whoever applies it. */
export interface StoredRule {
  id: string;
  rule: unknown;
}

/** The rules in force in the database: the newest version of each, deleted ones left out, in the order they were made. */
export async function loadExclusionRules(db: Queryable): Promise<StoredRule[]> {
  const { rows } = await db.query(
    `select id, rule
     from (
       select distinct on (id) id, rule, first_value(revision) over (partition by id order by version) as made
       from audit.exclusion_rule
       order by id, version desc
     ) as newest
     where rule is not null
     order by made`,
  );
  return rows as StoredRule[];
}

/** Keeps the text of a rule set, so that the hash in a batch says which rules it met. */
export async function recordRuleSet(
  db: Queryable,
  hash: Uint8Array,
  rules: unknown,
): Promise<void> {
  await db.query(
    `insert into audit.rule_set (hash, rules) values ($1::bytea, $2::jsonb) on conflict do nothing`,
    [hash, JSON.stringify(rules)],
  );
}
