import type { Logger } from '../logger';
import { checkRule } from 'audit-event/exclude';
import type { IdentifiedRule } from 'audit-event/exclude';

/** The rules in the database, unchecked. */
export type LoadDatabaseRules = () => Promise<{ id: string; rule: unknown }[]>;

/**
 * The rules of the database. One that this version does not understand, which a newer query service may have written,
 * is left out and said once: more is stored then, never less, and the other rules keep their force.
 *
 * @param onFailure told of each load that left a rule out
 */
export function databaseRules(
  load: LoadDatabaseRules,
  logger: Logger,
  onFailure: () => void,
): () => Promise<IdentifiedRule[]> {
  const said = new Set<string>();
  return async () => {
    const rules: IdentifiedRule[] = [];
    for (const { id, rule } of await load()) {
      const checked = checkRule(rule);
      if (checked.status === 'valid') {
        rules.push({ id, rule: checked.rule });
        continue;
      }
      onFailure();
      const message = `cannot use exclusion rule ${id} of the database: ${checked.reason}`;
      if (!said.has(message)) logger.error({ rule }, message);
      said.add(message);
    }
    return rules;
  };
}
