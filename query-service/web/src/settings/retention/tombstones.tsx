import type { Tombstone } from '../../api/retention';
import { Card } from '../../components/card';
import { Table } from '../../components/table';
import { count } from '../../text/count';
import { TimeAgo } from '../../time/time-ago';

/** What is left of the months that were dropped. */
export function Tombstones({
  tombstones,
}: {
  tombstones: readonly Tombstone[];
}) {
  return (
    <Card
      title="Dropped months"
      lead="What is left of each: how many events it had, and in which archive they are."
    >
      {tombstones.length === 0 ? (
        <p>No month has been dropped.</p>
      ) : (
        <Table
          label="Dropped months"
          columns={[
            { name: 'Month' },
            { name: 'Events', isNumber: true },
            { name: 'Archive' },
            { name: 'Kept for', isNumber: true },
            { name: 'Dropped' },
          ]}
          rows={tombstones.map((one) => ({
            id: String(one.id),
            cells: [
              one.month,
              count(one.events),
              <Archive key="archive" tombstone={one} />,
              `${count(one.retention_days)} days`,
              <span key="when">
                <TimeAgo time={one.dropped_at} /> by{' '}
                <code>{one.dropped_by}</code>
              </span>,
            ],
          }))}
        />
      )}
    </Card>
  );
}

function Archive({ tombstone }: { tombstone: Tombstone }) {
  if (tombstone.archive_file === null) return 'none';
  return (
    <span title={`SHA-256 ${tombstone.archive_sha256 ?? 'unknown'}`}>
      <code>{tombstone.archive_file}</code>
    </span>
  );
}
