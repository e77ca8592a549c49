import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useQuarantine } from '../api/quarantine';
import { Button } from '../components/button';
import { Card } from '../components/card';
import { EmptyState } from '../components/empty-state';
import { Failure } from '../components/failure';
import { Select } from '../components/select';
import { Skeleton } from '../components/skeleton';
import { Table } from '../components/table';
import { bytes } from '../text/bytes';
import { count } from '../text/count';
import { TimeAgo } from '../time/time-ago';
import { QuarantinedDialog } from './quarantined-dialog';

/** The records that could not be stored, and why. */
export function QuarantineTab() {
  const [reason, setReason] = useState('all');
  const [open, setOpen] = useState<string>();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } =
    useQuarantine(reason);
  const records = data?.pages.flatMap((page) => page.data);
  const reasons = data?.pages[0]?.reasons ?? [];
  const options = [
    ['all', 'any reason'] as const,
    ...reasons.map(
      (one) => [one.reason, `${one.reason} (${count(one.count)})`] as const,
    ),
  ];
  return (
    <Card
      title="Quarantine"
      lead="Records of the last 30 days that could not be stored, byte for byte as they came. One bad record never costs another, and none is thrown away."
      actions={
        reasons.length > 0 && (
          <Select
            label="For"
            options={options}
            value={reason}
            onChange={setReason}
          />
        )
      }
    >
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!records && !error && <Skeleton lines={5} />}
      {records?.length === 0 && (
        <EmptyState icon={<ShieldCheck />} title="Nothing is in quarantine">
          <p>Every record that came in the last 30 days could be read.</p>
        </EmptyState>
      )}
      {records && records.length > 0 && (
        <Table
          label="Records in quarantine"
          columns={[
            { name: 'Came' },
            { name: 'Reason' },
            { name: 'What was wrong' },
            { name: 'Encoding' },
            { name: 'Size', isNumber: true },
            { name: 'Record', isNameHidden: true },
          ]}
          rows={records.map((one) => ({
            id: one.id,
            cells: [
              <TimeAgo key="time" time={one.recorded_at} />,
              one.reason,
              one.detail,
              one.encoding,
              bytes(one.size),
              <Button
                key="open"
                look="quiet"
                aria-label={`Record ${one.id}`}
                onPress={() => setOpen(one.id)}
              >
                Look at it
              </Button>,
            ],
          }))}
        />
      )}
      {hasNextPage && (
        <Button isDisabled={isFetching} onPress={() => void fetchNextPage()}>
          More records
        </Button>
      )}
      {open !== undefined && (
        <QuarantinedDialog id={open} onClose={() => setOpen(undefined)} />
      )}
    </Card>
  );
}
