import { Link } from 'wouter';
import { useRuleChanges } from '../../api/rules';
import { Card } from '../../components/card';
import { Failure } from '../../components/failure';
import { Skeleton } from '../../components/skeleton';
import { Table } from '../../components/table';
import { subjectAddress } from '../../subject/subject-address';
import { TimeAgo } from '../../time/time-ago';
import { changesOf } from './change-words';

const SHOWN = 20;

/** Who changed the rules, when, and how: events of the log itself. */
export function RuleHistory() {
  const { data: changes, error, refetch } = useRuleChanges(SHOWN);
  return (
    <Card
      title="History"
      lead="Each change is an event of the audit log itself, which no rule can exclude."
    >
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!changes && !error && <Skeleton lines={3} />}
      {changes?.length === 0 && <p>Nobody has changed the rules so far.</p>}
      {changes && changes.length > 0 && (
        <Table
          label="Changes of the rules"
          columns={[{ name: 'When' }, { name: 'Who' }, { name: 'What' }]}
          rows={changes.map((event) => ({
            id: event.id,
            cells: [
              <TimeAgo key="when" time={event.event_time} />,
              <Link key="who" href={subjectAddress('actor', event.actor_id)}>
                {event.actor_id}
              </Link>,
              <ul key="what">
                {changesOf(event).map(({ sign, rule }, i) => (
                  <li key={i}>
                    {sign === '+' ? 'added ' : 'removed '}
                    <code>{rule}</code>
                  </li>
                ))}
              </ul>,
            ],
          }))}
        />
      )}
    </Card>
  );
}
