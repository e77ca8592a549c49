import { foldStreams } from 'audit-event/store';
import type { Queryable } from 'audit-event/store';
import { report } from '../../check/findings';
import type { PipelineFindings } from './pipeline-findings';

/** Looks for places in streams that are empty: by what the product itself says of them, and by what the table holds. */
export async function checkStreams(
  db: Queryable,
  findings: PipelineFindings,
): Promise<{ streams: number }> {
  await db.query('begin');
  await foldStreams(db);
  await db.query('commit');
  const { rows: streams } = await db.query(
    `select id, undeclared::integer as undeclared from audit.stream`,
  );
  for (const { id, undeclared } of streams)
    report(findings, 'gap', `${undeclared} of stream ${id}`, undeclared);
  const { rows: differing } = await db.query(
    `select stream_id,
       (abs(count(distinct stream_seq) - audit.size_of(stream.arrived)))::integer as differing
     from audit.event join audit.stream on stream.id = stream_id
     group by stream_id, stream.arrived
     having count(distinct stream_seq) <> audit.size_of(stream.arrived)`,
  );
  for (const { stream_id, differing: count } of differing)
    report(
      findings,
      'gap',
      `stream ${stream_id} says that others arrived than are in the table`,
      count as number,
    );
  return { streams: streams.length };
}
