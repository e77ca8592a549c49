import { inspect } from 'node:util';
import { OWN_PLUGIN_ID } from 'audit-event';
import { readEvents } from 'audit-event/store';
import type { Queryable, StoredEvent } from 'audit-event/store';
import { report } from '../../check/findings';
import { sameContent } from '../../check/same-content';
import { ofCaller } from '../../emitter/plan-record';
import type { Origin } from '../../load/plan-request';
import { eventPlaceOf, planEvent } from '../emit/plan-event';
import type { PipelineFindings } from './pipeline-findings';

const AT_ONCE = 2_000;
const INSPECT = { depth: null, breakLength: Infinity };

/** What is in the table: of each process the numbers of its events. */
export interface Stored {
  numbers: ReadonlyMap<number, ReadonlySet<number>>;
  events: number;
}

/**
 * Compares each row with the event that it says to be, which is made again for that, field by field.
 *
 * @param processes how many emitting processes there were
 */
export async function checkStored(
  db: Queryable,
  origin: Origin,
  processes: number,
  findings: PipelineFindings,
  signal: AbortSignal,
): Promise<Stored> {
  // The key begins with the time, so that it cannot find rows by id; without statistics no index would be used.
  await db.query(`create index on audit.event (id)`);
  await db.query(`analyze audit.event`);
  const numbers = new Map<number, Set<number>>();

  function check({ recordedAt: _recordedAt, ...event }: StoredEvent): void {
    // The beginning and the end of a stream.
    if (event.pluginId === OWN_PLUGIN_ID) return;
    const place = eventPlaceOf(event);
    const planned = place && planEvent(origin, place);
    if (!planned || planned.id !== event.id || place.process >= processes)
      return report(findings, 'phantom', inspect(event, INSPECT));
    const content = ofCaller(event);
    if (!sameContent(planned, content))
      report(
        findings,
        'corrupt',
        `expected ${inspect(planned, INSPECT)}, got ${inspect(content, INSPECT)}`,
      );
    let seen = numbers.get(place.process);
    if (!seen) numbers.set(place.process, (seen = new Set()));
    seen.add(place.n);
  }

  for await (const ids of pages(db)) {
    signal.throwIfAborted();
    for (const event of await readEvents(db, ids)) check(event);
  }
  await checkDuplicates(db, findings);
  let events = 0;
  for (const { size } of numbers.values()) events += size;
  return { numbers, events };
}

/** The ids of all rows, each once. */
async function* pages(db: Queryable): AsyncGenerator<string[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await db.query(
      `select distinct id from audit.event where id > $1::uuid order by id limit $2::integer`,
      [after, AT_ONCE],
    );
    if (rows.length === 0) return;
    yield (rows as { id: string }[]).map(({ id }) => id);
    after = rows.at(-1).id as string;
  }
}

async function checkDuplicates(
  db: Queryable,
  findings: PipelineFindings,
): Promise<void> {
  const { rows } = await db.query(
    `select (count(*) - count(distinct id))::integer as dup from audit.event`,
  );
  report(findings, 'dup', 'events by their id', rows[0].dup as number);
}
