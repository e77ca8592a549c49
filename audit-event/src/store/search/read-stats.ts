import { databaseBytes } from '../database-bytes';
import { PARTITION_SIZES } from '../partition-sizes';
import type { PartitionSizes } from '../partition-sizes';
import type { Queryable } from '../queryable';
import { printedTime } from '../time-text';

/** A part of the event table. */
export interface PartitionStats extends PartitionSizes {
  name: string;
  /** Its range of times, as Postgres writes it. */
  range: string;
}

export interface StoreStats {
  /** Events stored, exactly. */
  events: number;
  first_hour: string | null;
  last_hour: string | null;
  last_recorded_at: string | null;
  /** Milliseconds from event to commit, of the batches of the last ten minutes: half of them took less, nearly all. */
  lag_ms: { p50: number | null; p99: number | null };
  database_bytes: number;
  /** Rows of hourly counts, and those that are not yet folded. */
  counts: { rows: number; fresh: number };
  /** Batches committed that no tail can show yet, because a transaction from before them is still under way. */
  waiting_batches: number;
  partitions: PartitionStats[];
}

/** The first or last hour of the counts of one length: each is one look into their index. */
const ofHours = (end: 'min' | 'max', hours: 0 | 1) =>
  `(select ${end}(hour) from audit.event_count where hours = ${hours})`;

/**
 * How much is stored, and how old is what was stored last.
 *
 * @throws what the database throws
 * @example
 * const { events } = await readStats(client);
 */
export async function readStats(db: Queryable): Promise<StoreStats> {
  const { rows: counts } = await db.query(
    `select
       (select coalesce(sum(events), 0)::double precision from audit.event_count where hours in (0, 24)) as events,
       ${printedTime(`least(${ofHours('min', 0)}, ${ofHours('min', 1)})`)} as first_hour,
       ${printedTime(`greatest(${ofHours('max', 0)}, ${ofHours('max', 1)})`)} as last_hour,
       (select count(*)::integer from audit.event_count) as rows,
       (select count(*)::integer from audit.event_count where hours = 0) as fresh`,
  );
  const { rows: batches } = await db.query(
    `select
       (select ${printedTime('max(recorded_at)')} from audit.batch) as last_recorded_at,
       percentile_cont(0.5) within group (order by lag) as p50,
       percentile_cont(0.99) within group (order by lag) as p99,
       (select count(*)::integer from audit.batch
        where xact_id >= pg_snapshot_xmin(pg_current_snapshot())) as waiting
     from (
       select extract(epoch from recorded_at - max_event_time)::double precision * 1000 as lag
       from audit.batch
       where recorded_at > now() - interval '10 minutes' and max_event_time is not null
     ) as lately`,
  );
  const { rows: partitions } = await db.query(
    `select c.relname as name, pg_get_expr(c.relpartbound, c.oid) as range,
       ${PARTITION_SIZES}
     from pg_inherits
     join pg_class c on c.oid = inhrelid
     where inhparent = 'audit.event'::regclass
     order by c.relname`,
  );
  const { events, first_hour, last_hour, rows, fresh } = counts[0];
  const { last_recorded_at, p50, p99, waiting } = batches[0];
  return {
    events,
    first_hour,
    last_hour,
    last_recorded_at,
    lag_ms: { p50, p99 },
    database_bytes: await databaseBytes(db),
    counts: { rows, fresh },
    waiting_batches: waiting,
    partitions: partitions as PartitionStats[],
  };
}
