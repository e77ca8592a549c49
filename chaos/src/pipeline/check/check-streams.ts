import { foldStreams } from 'audit-event/store';
import type { Queryable } from 'audit-event/store';
import { report } from '../../check/findings';
import type { PipelineFindings } from './pipeline-findings';

/** Looks for places in streams that are empty: by what the product itself says of them, and by what the table holds. */
export async function checkStreams(
  db: Queryable,
  findings: PipelineFindings,
): Promise<{ streams: number }> {
  await foldStreams(db);
  const { rows: streams } = await db.query(
    `select id, undeclared::integer as undeclared from audit.stream`,
  );
  for (const { id, undeclared } of streams)
    report(findings, 'gap', `${undeclared} of stream ${id}`, undeclared);
  const { rows: differing } = await db.query(
    `with stored as (
       select stream_id, range_agg(int8range(stream_seq, stream_seq + 1)) as places
       from audit.event where stream_id is not null group by stream_id
     )
     select stream_id,
       (audit.size_of(places - arrived) + audit.size_of(arrived - places))::integer as places
     from stored join audit.stream on stream.id = stream_id
     where places <> arrived`,
  );
  for (const { stream_id, places } of differing)
    report(
      findings,
      'gap',
      `stream ${stream_id} says something else of ${places} places than the table`,
      places as number,
    );
  return { streams: streams.length };
}
