import type { WrittenRule } from '../../api/rules';
import { ruleFields } from './rule-fields';
import styles from './rules.module.css';

/** What a rule says: all of it must be so of an event. */
export function RuleWords({ rule }: { rule: WrittenRule }) {
  const patterns = ruleFields.flatMap(([key, label]) => {
    const pattern = rule[key];
    return pattern === undefined ? [] : [{ key, label, pattern }];
  });
  return (
    <span className={styles.words}>
      {patterns.map(({ key, label, pattern }, i) => (
        <span key={key}>
          {i > 0 && <span className={styles.and}>and </span>}
          <span className={styles.key}>{label.toLowerCase()} </span>
          <code>{pattern}</code>
        </span>
      ))}
    </span>
  );
}
