import type { Queryable } from '../queryable';
import { printedTime } from '../time-text';

/** The rule set that the latest batch of a receiver met. */
export interface RulesInForce {
  /** SHA-256 in hexadecimal digits. */
  hash: string;
  /** As it was recorded: `{ rules: [{ id, rule }], protectedEvents }`. */
  content: unknown;
  since: string;
}

/**
 * The rule set of the latest batch, rules of the receivers' files among them; of the set known last where there is no
 * batch yet. Undefined before a receiver has started.
 *
 * @param withoutRules hash of the set of a batch that met none, because it came from no receiver
 */
export async function rulesInForce(
  db: Queryable,
  withoutRules: Uint8Array,
): Promise<RulesInForce | undefined> {
  const { rows } = await db.query(
    `select encode(hash, 'hex') as hash, rules as content,
       ${printedTime('first_used_at')} as since
     from audit.rule_set
     where hash <> $1::bytea
     order by
       hash = (
         select rules_hash from audit.batch where rules_hash <> $1::bytea order by recorded_at desc limit 1
       ) desc nulls last,
       first_used_at desc
     limit 1`,
    [withoutRules],
  );
  return rows[0] as RulesInForce | undefined;
}
