import type { Queryable } from './queryable';
import { streamStates, stateSql } from './streams/stream-state';
import type { StreamState } from './streams/stream-state';

/** How the store does, in numbers for a monitoring system. */
export interface StoreHealth {
  /** How many streams are in each state, the empty ones included. */
  streams: Record<StreamState, number>;
  /** Sequence numbers that never came: those that an emitter declared lost, and those that nobody did. */
  missing: { declared: number; undeclared: number };
  /** Operations that began, and of which no outcome came in time, nor later. */
  unfinishedOperations: number;
  /** Months that retention should have dropped. */
  dueMonths: number;
  droppedEvents: number;
}

/**
 * Reads small tables alone, never events.
 *
 * @param silentAfterMs after which a stream that has not ended counts as silent, in milliseconds
 * @throws what the database throws
 * @example
 * const { streams } = await readHealth(client, 3_600_000);
 */
export async function readHealth(
  db: Queryable,
  silentAfterMs: number,
): Promise<StoreHealth> {
  const silentSince = `now() - $1::double precision * interval '1 millisecond'`;
  const { rows: states } = await db.query(
    `select ${stateSql(silentSince)} as state, count(*)::double precision as streams,
       sum(undeclared)::double precision as undeclared,
       sum(audit.size_of(missing))::double precision as missing
     from audit.stream
     group by 1`,
    [silentAfterMs],
  );
  const { rows } = await db.query(
    `select
       (select count(*)::double precision from audit.unfinished_operation where finished_at is null) as unfinished,
       (select count(*)::double precision from audit.month where due_at <= now() and not is_held) as due,
       (select coalesce(sum(events), 0)::double precision from audit.tombstone) as dropped`,
  );
  const { unfinished, due, dropped } = rows[0];
  const sum = (column: 'missing' | 'undeclared') =>
    states.reduce((total: number, row) => total + row[column], 0);
  const streams = Object.fromEntries(
    streamStates.map((state) => [
      state,
      states.find((row) => row.state === state)?.streams ?? 0,
    ]),
  ) as Record<StreamState, number>;
  return {
    streams,
    missing: {
      declared: sum('missing') - sum('undeclared'),
      undeclared: sum('undeclared'),
    },
    unfinishedOperations: unfinished,
    dueMonths: due,
    droppedEvents: dropped,
  };
}
