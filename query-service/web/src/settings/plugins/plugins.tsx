import { ScrollText } from 'lucide-react';
import { Link } from 'wouter';
import { useRules } from '../../api/rules';
import { Page } from '../../components/page';
import { counted } from '../../text/count';
import { RULES_PATH } from '../rules/rules-address';
import styles from './plugins.module.css';

/** The plugins that have settings here, each as a card: of Portal's, the audit log. */
export function Plugins() {
  const { data: rules } = useRules();
  return (
    <Page title="Plugins" lead="What can be set of each plugin.">
      <ul className={styles.cards} aria-label="Plugins">
        <li>
          <Link href={RULES_PATH} className={styles.card}>
            <ScrollText size={22} aria-hidden />
            <strong>Audit Log</strong>
            <span>
              Which events are not stored, how long the others are kept, and
              legal holds.
            </span>
            <span className={styles.now}>
              {rules
                ? counted(rules.data.length, 'exclusion rule')
                : 'Exclusion rules'}
            </span>
          </Link>
        </li>
      </ul>
    </Page>
  );
}
