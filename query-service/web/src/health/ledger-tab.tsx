import { useLedgerDetail } from '../api/health';
import { Callout } from '../components/callout';
import { Card } from '../components/card';
import { Failure } from '../components/failure';
import { Skeleton } from '../components/skeleton';
import layout from '../components/stack.module.css';
import { CompareCard } from './compare-card';
import { GapsTable } from './gaps-table';
import { ledgerSentence } from './ledger-sentence';
import { LedgerTable } from './ledger-table';

/** The accounts: all that was received is somewhere. */
export function LedgerTab() {
  const { data: ledger, error, refetch } = useLedgerDetail();
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!ledger) return <Skeleton lines={8} />;
  return (
    <div className={layout.stack}>
      <Callout tone={ledger.adds_up ? 'good' : 'bad'}>
        <p>
          <strong>
            {ledger.adds_up
              ? 'All accounted for.'
              : 'The accounts do not add up.'}
          </strong>{' '}
          {ledgerSentence(ledger.total)}
        </p>
      </Callout>
      <Card
        title="By day"
        lead="The last 30 days (UTC), by when the receivers committed. The query service is one of them, for the log's own events."
      >
        {ledger.days.length === 0 ? (
          <p>Nothing was received in the last 30 days.</p>
        ) : (
          <LedgerTable
            label="By day"
            first="Day"
            rows={ledger.days
              .toReversed()
              .map((day) => ({ ...day, id: day.day, name: day.day }))}
          />
        )}
      </Card>
      <Card title="By receiver">
        <LedgerTable
          label="By receiver"
          first="Receiver"
          rows={ledger.receivers.map((one) => ({
            ...one,
            id: `${one.instance} ${one.version}`,
            name: `${one.instance} (${one.version})`,
          }))}
        />
      </Card>
      <GapsTable gaps={ledger.gaps} />
      <CompareCard days={ledger.days.map(({ day }) => day).toReversed()} />
    </div>
  );
}
