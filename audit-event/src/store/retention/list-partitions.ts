import { PARTITION_SIZES } from '../partition-sizes';
import type { PartitionSizes } from '../partition-sizes';
import type { Queryable } from '../queryable';
import { printedTime } from '../time-text';

/** A part of the event table, as the API shows it. */
export interface PartitionRow extends PartitionSizes {
  name: string;
  /** Of a month: its first moment, and that of the next one. Nulls for the parts before 2020 and after 2039, which retention leaves alone. */
  start_time: string | null;
  end_time: string | null;
  /** Whether a legal hold keeps it. */
  is_held: boolean;
  /** When retention may drop it, unless it is held; null: never. */
  due_at: string | null;
}

/** The parts of the event table in the order of their times. */
export async function listPartitions(db: Queryable): Promise<PartitionRow[]> {
  const { rows } = await db.query(
    `select c.relname as name, ${printedTime('month.start_time')} as start_time, ${printedTime('month.end_time')} as end_time,
       ${PARTITION_SIZES},
       coalesce(month.is_held, false) as is_held, ${printedTime('month.due_at')} as due_at
     from pg_inherits
     join pg_class c on c.oid = inhrelid
     left join audit.month on month.partition = c.relname
     where inhparent = 'audit.event'::regclass
     order by c.relname <> 'event_past', c.relname = 'event_future', month.start_time`,
  );
  return rows as PartitionRow[];
}
