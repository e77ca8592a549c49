import type { Queryable } from '../queryable';
import { stateSql } from './stream-state';
import type { StreamState } from './stream-state';
import { printedTime } from '../time-text';

/** First and last sequence number, inclusive. */
export type SequenceRange = [number, number];

/** What a stream-gap record said. */
export interface DeclaredGap {
  /** Of the record. */
  id: string;
  event_time: string;
  ranges: SequenceRange[];
  reason: string | null;
  dropped: unknown;
}

/** An event under a sequence number that had come before. */
export interface DuplicateSequence {
  sequence: number;
  id: string;
  event_time: string;
}

/** A stream as the API shows it: times in UTC to the millisecond. */
export interface StreamRow {
  id: string;
  state: StreamState;
  service_name: string | null;
  service_instance_id: string | null;
  host_name: string | null;
  first_event_time: string | null;
  last_event_time: string | null;
  last_recorded_at: string | null;
  ended: boolean;
  /** Up to which number all came, from 0; null when 0 did not. */
  contiguous_sequence: number | null;
  highest_sequence: number | null;
  missing_count: number;
  /** Of the missing, those that nobody declared lost. */
  undeclared_count: number;
  missing_since: string | null;
  /** The lowest of them, as `declared_gaps` and `duplicates` are. */
  missing: SequenceRange[];
  declared_gaps: DeclaredGap[];
  duplicate_count: number;
  duplicates: DuplicateSequence[];
  previous_stream_id: string | null;
  /** Of the stream that names this one as its previous. */
  next_stream_id: string | null;
  /** Orders pages. */
  position: string;
}

/** Which streams; the texts are SQL, and every value travels as a parameter. */
export interface Selection {
  /** Parameter: milliseconds. */
  silentAfter: string;
  /** Parameter: how many ranges, gaps and duplicates are listed. */
  shown: string;
  /** Conditions over `known` below; those that are false are left out. */
  where: readonly (string | false | undefined)[];
  limit: string;
  values: unknown[];
}

/** Reads streams from the table that `foldStreams` keeps, never from the events. */
export async function selectStreams(
  db: Queryable,
  { silentAfter, shown, where, limit, values }: Selection,
): Promise<StreamRow[]> {
  const conditions = where.filter(Boolean).join(' and ') || 'true';
  const silentSince = `now() - ${silentAfter}::double precision * interval '1 millisecond'`;
  const { rows } = await db.query(
    `with known as (
       select stream.*, ${stateSql(silentSince)} as state,
         resource.attributes ->> 'service.name' as service_name,
         resource.attributes ->> 'service.instance.id' as service_instance_id,
         resource.attributes ->> 'host.name' as host_name
       from audit.stream
       left join audit.resource on resource.id = stream.resource_id
     ), page as (
       select * from known where ${conditions} order by position desc limit ${limit}::bigint
     )
     select
       id::text, state, service_name, service_instance_id, host_name,
       ${printedTime('first_event_time')} as first_event_time,
       ${printedTime('last_event_time')} as last_event_time,
       ${printedTime('last_recorded_at')} as last_recorded_at,
       end_seq is not null as ended,
       contiguous_seq::double precision as contiguous_sequence,
       highest_seq::double precision as highest_sequence,
       audit.size_of(missing)::double precision as missing_count,
       undeclared::double precision as undeclared_count,
       ${printedTime('missing_since')} as missing_since,
       ${rangesOf('missing', shown)} as missing,
       array(
         select jsonb_build_object(
           'id', gap.id, 'event_time', ${printedTime('gap.event_time')}, 'ranges', ${rangesOf('gap.ranges', shown)},
           'reason', gap.reason, 'dropped', gap.dropped
         )
         from audit.stream_gap as gap
         where gap.stream_id = page.id
         order by gap.event_time, gap.id
         limit ${shown}::bigint
       ) as declared_gaps,
       (
         select count(distinct stream_seq)::integer from audit.stream_duplicate where stream_id = page.id
       ) as duplicate_count,
       array(
         select jsonb_build_object(
           'sequence', stream_seq, 'id', duplicate.id, 'event_time', ${printedTime('duplicate.event_time')}
         )
         from audit.stream_duplicate as duplicate
         where duplicate.stream_id = page.id
         order by stream_seq, duplicate.event_time, duplicate.id
         limit ${shown}::bigint
       ) as duplicates,
       previous_id::text as previous_stream_id,
       (select min(next.id::text) from audit.stream as next where next.previous_id = page.id) as next_stream_id,
       position::text
     from page
     order by page.position desc`,
    values,
  );
  return rows as StreamRow[];
}

function rangesOf(multirange: string, shown: string): string {
  return `array(
    select jsonb_build_array(lower(part), upper(part) - 1)
    from (select unnest(${multirange}) as part limit ${shown}::bigint) as first
  )`;
}
