import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useHolds } from '../../api/retention';
import type { Hold } from '../../api/retention';
import { useMay } from '../../api/session';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { Failure } from '../../components/failure';
import { StateMark } from '../../components/state-mark';
import { Table } from '../../components/table';
import { TimeAgo } from '../../time/time-ago';
import { holdTime } from './hold-words';
import { NewHoldDialog } from './new-hold-dialog';
import { ReleaseDialog } from './release-dialog';

/** Legal holds: what keeps events, whatever the retention says. */
export function Holds() {
  const { data, error, refetch } = useHolds();
  const mayWrite = useMay('audit.settings.write');
  const [open, setOpen] = useState<Hold | 'new'>();
  const close = () => setOpen(undefined);
  return (
    <Card
      title="Legal holds"
      lead="A hold keeps the events of a time, however long they are kept otherwise: for a case, or an audit."
      actions={
        mayWrite && (
          <Button onPress={() => setOpen('new')}>
            <Plus size={14} aria-hidden />
            New hold
          </Button>
        )
      }
    >
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {data?.data.length === 0 && <p>There is no hold, and never was one.</p>}
      {data && data.data.length > 0 && (
        <Table
          label="Legal holds"
          columns={[
            { name: 'Events' },
            { name: 'Reason' },
            { name: 'Made' },
            { name: 'State' },
            { name: 'Release', isNameHidden: true },
          ]}
          rows={data.data.map((hold) => ({
            id: hold.id,
            cells: [
              holdTime(hold),
              hold.reason,
              <span key="made">
                <TimeAgo time={hold.created_at} /> by{' '}
                <code>{hold.created_by}</code>
              </span>,
              <HoldState key="state" hold={hold} />,
              mayWrite && hold.released_at === null ? (
                <Button key="release" onPress={() => setOpen(hold)}>
                  Release
                </Button>
              ) : null,
            ],
          }))}
        />
      )}
      {open === 'new' && <NewHoldDialog onClose={close} />}
      {open && open !== 'new' && <ReleaseDialog hold={open} onClose={close} />}
    </Card>
  );
}

function HoldState({ hold }: { hold: Hold }) {
  if (hold.released_at === null)
    return <StateMark tone="good">in force</StateMark>;
  return (
    <>
      <StateMark tone="idle">released</StateMark>
      <p>
        <TimeAgo time={hold.released_at} /> by <code>{hold.released_by}</code>:{' '}
        {hold.release_reason}
      </p>
    </>
  );
}
