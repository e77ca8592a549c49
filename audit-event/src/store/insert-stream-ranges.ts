import type { Queryable } from './queryable';
import { resourceIdOf } from './resource-id';
import type { RowContext } from './rows';
import type { StreamRange } from './stream-ranges';

/** Notes which sequence numbers came with a batch; `foldStreams` adds them up. */
export async function insertStreamRanges(
  db: Queryable,
  batch: RowContext,
  ranges: readonly StreamRange[],
): Promise<void> {
  if (ranges.length === 0) return;
  await db.query(
    `insert into audit.stream_range (
       recorded_at, receiver_id, receiver_seq, stream_id, from_seq, to_seq, resource_id, min_event_time, max_event_time
     )
     select $1::timestamptz, $2::integer, $3::bigint, stream_id, from_seq, to_seq, resource_id,
       timestamptz 'epoch' + min_time * interval '1 microsecond',
       timestamptz 'epoch' + max_time * interval '1 microsecond'
     from unnest($4::uuid[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[])
       as range (stream_id, from_seq, to_seq, resource_id, min_time, max_time)`,
    [
      batch.recordedAt,
      batch.receiverId,
      batch.receiverSeq,
      ranges.map(({ streamId }) => streamId),
      ranges.map(({ from }) => from),
      ranges.map(({ to }) => to),
      ranges.map(({ source }) => resourceIdOf(source)?.toString() ?? null),
      ranges.map(({ minTime }) => unlessNone(minTime)),
      ranges.map(({ maxTime }) => unlessNone(maxTime)),
    ],
  );
}

function unlessNone(time: number): number | null {
  return Number.isFinite(time) ? time : null;
}
