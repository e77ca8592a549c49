import { copyOf } from '../copy-rows';
import type { Connection } from '../queryable';
import { COUNTED_COLUMNS } from './counted-columns';
import type { EventCounts } from './event-counts';

const COPY = `copy audit.event_count (hour, ${COUNTED_COLUMNS.join(', ')}, events) from stdin (format binary)`;

/** Adds the counts of a batch; `foldCounts` makes one row of those that are alike. */
export async function insertEventCounts(
  db: Connection,
  counts: EventCounts,
): Promise<void> {
  const { bytes, length } = counts.rows();
  if (length > 0) await db.copyIn(COPY, copyOf([bytes.subarray(0, length)]));
}
