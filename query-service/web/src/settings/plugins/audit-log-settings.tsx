import { useLocation } from 'wouter';
import { Page } from '../../components/page';
import { Tabs } from '../../components/tabs';
import { RetentionTab } from '../retention/retention-tab';
import { RULES_PATH } from '../rules/rules-address';
import { RulesTab } from '../rules/rules-tab';

const RETENTION_PATH = `${RULES_PATH}/retention`;

/** Plugins, Audit Log: what is stored, and for how long. */
export function AuditLogSettings() {
  const [here, go] = useLocation();
  return (
    <Page
      title="Audit Log"
      lead="Which events are not stored, and how long the others are kept."
    >
      <Tabs
        label="Settings of the audit log"
        selected={here === RETENTION_PATH ? 'retention' : 'rules'}
        onSelect={(id) => go(id === 'retention' ? RETENTION_PATH : RULES_PATH)}
        tabs={[
          { id: 'rules', label: 'Exclusion rules', content: <RulesTab /> },
          {
            id: 'retention',
            label: 'Retention and legal holds',
            content: <RetentionTab />,
          },
        ]}
      />
    </Page>
  );
}
