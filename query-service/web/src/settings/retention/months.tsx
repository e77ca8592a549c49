import type { Partition } from '../../api/retention';
import { Card } from '../../components/card';
import { StateMark } from '../../components/state-mark';
import { Table } from '../../components/table';
import { bytes } from '../../text/bytes';
import { count } from '../../text/count';
import { printDay } from '../../time/print-time';
import { useNow } from '../../time/use-now';
import { monthName } from './month-name';

/** In which months events are stored, how large each is, and when it is due to be dropped. */
export function Months({ partitions }: { partitions: readonly Partition[] }) {
  const nowMs = useNow();
  return (
    <Card
      title="Months"
      lead="Each month (UTC) is a part of the table of its own, made ahead of time. A month is dropped as a whole. How many events it has is the planner's estimate."
    >
      <Table
        label="Months"
        columns={[
          { name: 'Month' },
          { name: 'Events, about', isNumber: true },
          { name: 'Events take', isNumber: true },
          { name: 'Indexes take', isNumber: true },
          { name: 'Dropped' },
        ]}
        rows={partitions.map((one) => ({
          id: one.name,
          cells: [
            monthName(one),
            count(one.estimated_rows),
            bytes(one.table_bytes),
            bytes(one.index_bytes),
            <Due key="due" partition={one} nowMs={nowMs} />,
          ],
        }))}
      />
    </Card>
  );
}

function Due({ partition, nowMs }: { partition: Partition; nowMs: number }) {
  const { is_held: isHeld, due_at: dueAt } = partition;
  if (isHeld) return <StateMark tone="good">kept by a legal hold</StateMark>;
  if (dueAt === null) return 'never';
  if (Date.parse(dueAt) <= nowMs)
    return <StateMark tone="warning">is due</StateMark>;
  return `from ${printDay(dueAt, 'utc')} on`;
}
