import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { compareLedger } from '../api/health';
import type { LedgerDetail } from '../api/health';
import { Button } from '../components/button';
import { Callout } from '../components/callout';
import { Card } from '../components/card';
import { Select } from '../components/select';
import { Skeleton } from '../components/skeleton';
import layout from '../components/stack.module.css';
import { Table } from '../components/table';
import { count, counted } from '../text/count';
import { printTime } from '../time/print-time';

/** Counts what is really there, against the ledger. */
export function CompareCard({ days }: { days: readonly string[] }) {
  const [chosen, setChosen] = useState<string>();
  const compare = useMutation({ mutationFn: compareLedger });
  const day = chosen ?? days[0];
  if (day === undefined) return null;
  return (
    <Card
      title="Compare"
      lead="Counts the events, the quarantine and the exclusions that are really there, batch by batch, and compares them with the ledger. It reads every event of the day."
    >
      <div className={layout.row}>
        <Select
          label="Day (UTC)"
          options={days.map((one) => [one, one] as const)}
          value={day}
          onChange={setChosen}
        />
        <Button
          isDisabled={compare.isPending}
          onPress={() => compare.mutate(day)}
        >
          Compare
        </Button>
      </div>
      {compare.isPending && <Skeleton lines={2} label="Comparing" />}
      {compare.error && <Callout tone="bad">{compare.error.message}</Callout>}
      {compare.data && !compare.isPending && <Compared ledger={compare.data} />}
    </Card>
  );
}

function Compared({ ledger }: { ledger: LedgerDetail }) {
  const differences = ledger.differences ?? [];
  const day = ledger.from.slice(0, 10);
  if (differences.length === 0)
    return (
      <Callout tone="good">
        What is there on {day} is what was counted:{' '}
        {counted(ledger.total.batches, 'batch', 'batches')},{' '}
        {counted(ledger.total.stored, 'event')}.
      </Callout>
    );
  return (
    <>
      <Callout tone="bad">
        {counted(differences.length, 'batch', 'batches')} of {day} have other
        contents than were counted.
      </Callout>
      <Table
        label="Differences"
        columns={[
          { name: 'Batch' },
          { name: 'Committed (UTC)' },
          { name: 'What' },
          { name: 'Counted', isNumber: true },
          { name: 'Found', isNumber: true },
        ]}
        rows={differences.map((one) => ({
          id: `${one.receiver_id} ${one.receiver_seq} ${one.what}`,
          cells: [
            `${one.receiver_seq} of receiver ${one.receiver_id}`,
            printTime(one.recorded_at, 'utc'),
            one.what,
            count(one.counted),
            count(one.found),
          ],
        }))}
      />
    </>
  );
}
