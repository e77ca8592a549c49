import type { EventRowV1 } from '../list-events-v1';
import { EVENT_COLUMNS_V1 } from '../list-events-v1';
import type { Queryable } from '../queryable';
import { printedTime } from '../time-text';

/** Records of one operation that are shown. */
const MAX_RECORDS = 1_000;

export const operationOutcomes = [
  'failed',
  'succeeded',
  'unfinished',
  'pending',
] as const;

/** What became of an operation. One that ended twice, which Backstage's catalog does, has failed if any record says so. */
export type OperationOutcome = (typeof operationOutcomes)[number];

export interface Operation {
  outcome: OperationOutcome;
  /** When it was marked as unfinished, null when it was not. */
  marked_at: string | null;
  /** Its records in order, the oldest first, at most a thousand. */
  records: EventRowV1[];
  /** How many there are. */
  total: number;
}

/**
 * An operation with its records, undefined when there are none in the time given. Nothing leads from an operation's id
 * to its records but their time, so the time bounds what is read.
 *
 * @param id a UUID
 * @param startMs milliseconds since 1970, inclusive, as `endMs`
 * @throws what the database throws, `57014` among it when the statement timeout is over
 * @example
 * const operation = await findOperation(client, id, { startMs, endMs });
 */
export async function findOperation(
  db: Queryable,
  id: string,
  { startMs, endMs }: { startMs: number; endMs: number },
): Promise<Operation | undefined> {
  const { rows: records } = await db.query(
    `with page as (
       select *, json_build_object(
         'total', count(*) over (),
         'failed', bool_or(status = 'failed') over (),
         'succeeded', bool_or(status = 'succeeded') over ()
       ) as sums
       from audit.event
       where operation_id = $1::uuid
         and event_time >= timestamptz 'epoch' + $2::double precision * interval '1 millisecond'
         and event_time < timestamptz 'epoch' + ($3::double precision + 1) * interval '1 millisecond'
       order by event_time, status <> 'initiated', stream_seq, id
       limit ${MAX_RECORDS}
     )
     select ${EVENT_COLUMNS_V1}, sums from page
     order by page.event_time, page.status <> 'initiated', page.stream_seq, page.id`,
    [id, startMs, endMs],
  );
  const { rows: marks } = await db.query(
    `select ${printedTime('marked_at')} as marked_at
     from audit.unfinished_operation
     where operation_id = $1::uuid`,
    [id],
  );
  const markedAt = (marks[0]?.marked_at as string | undefined) ?? null;
  if (records.length === 0) return undefined;
  const sums = records[0].sums as Sums;
  // JSON leaves out what is undefined.
  for (const record of records) record.sums = undefined;
  return {
    outcome: outcomeOf(sums, markedAt !== null),
    marked_at: markedAt,
    records: records as EventRowV1[],
    total: sums.total,
  };
}

/** Over all records, also those that are not shown. */
interface Sums {
  total: number;
  failed: boolean;
  succeeded: boolean;
}

function outcomeOf(
  { failed, succeeded }: Sums,
  isMarked: boolean,
): OperationOutcome {
  if (failed) return 'failed';
  if (succeeded) return 'succeeded';
  return isMarked ? 'unfinished' : 'pending';
}
