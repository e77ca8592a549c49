import type { Rules } from '../../api/rules';
import { Card } from '../../components/card';
import { DayBars } from '../../components/day-bars';
import { StateMark } from '../../components/state-mark';
import { Table } from '../../components/table';
import { count } from '../../text/count';
import { useNow } from '../../time/use-now';
import { RuleWords } from './rule-words';

/** The rules of the receivers' file, which are changed there; nothing where it has none. */
export function FileRules({ rules }: { rules: Rules }) {
  const nowMs = useNow();
  const ofFile = rules.data.filter(({ source }) => source === 'file');
  const kept = rules.rule_set?.protected_events ?? [];
  if (ofFile.length === 0 && kept.length === 0) return null;
  return (
    <Card
      title="In the receivers' file"
      lead="In force together with the rules above. They are changed in the file that AUDIT_CONFIG names, not here."
    >
      {kept.length > 0 && (
        <p>
          <code>protectedEvents</code>: whatever rules say, events that are{' '}
          {kept.join(', ')} are stored.
        </p>
      )}
      {ofFile.length > 0 && (
        <Table
          label="Rules of the file"
          columns={[
            { name: 'Rule' },
            { name: 'State' },
            { name: 'By day' },
            { name: 'Excluded in 30 days', isNumber: true },
          ]}
          rows={ofFile.map(({ id, rule, excluded }) => ({
            id,
            cells: [
              <RuleWords key="rule" rule={rule} />,
              <StateMark key="state" tone="good">
                in force
              </StateMark>,
              <DayBars
                key="days"
                what="Excluded"
                nowMs={nowMs}
                counts={excluded.days.map((one) => ({
                  day: one.day,
                  count: one.excluded,
                }))}
              />,
              count(excluded.total),
            ],
          }))}
        />
      )}
    </Card>
  );
}
