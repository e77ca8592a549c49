import { inspect } from 'node:util';
import { readEvents } from 'audit-event/store';
import type { Queryable } from 'audit-event/store';
import { report } from './findings';
import type { Findings } from './findings';
import { sameContent } from './same-content';
import type { SentRecord } from './sent-records';

const AT_ONCE = 2_000;
/** All of an event on one line. */
const INSPECT = { depth: null, breakLength: Infinity };

/** Compares what is stored with what was sent, event by event, field by field. */
export async function checkEvents(
  db: Queryable,
  sent: Iterable<SentRecord>,
  findings: Findings,
): Promise<void> {
  // The key begins with the time, so that it cannot find rows by id; without statistics no index would be used.
  await db.query(`create index on audit.event (id)`);
  await db.query(`analyze audit.event`);
  let found = 0;
  let chunk: SentRecord[] = [];
  for (const record of sent) {
    if (record.fate === 'stored') chunk.push(record);
    if (chunk.length < AT_ONCE) continue;
    found += await checkChunk(db, chunk, findings);
    chunk = [];
  }
  found += await checkChunk(db, chunk, findings);
  const { rows } = await db.query(
    `select count(distinct id)::integer as ids from audit.event`,
  );
  report(
    findings,
    'phantom',
    'events that were never sent, or that a rule excludes',
    (rows[0].ids as number) - found,
  );
}

/** @returns how many of the events are stored, once or more */
async function checkChunk(
  db: Queryable,
  chunk: SentRecord[],
  findings: Findings,
): Promise<number> {
  const ids = chunk.map(({ event }) => event.id);
  const stored = Map.groupBy(await readEvents(db, ids), ({ id }) => id);
  for (const { event, isAcknowledged } of chunk) {
    const rows = stored.get(event.id) ?? [];
    if (rows.length === 0 && isAcknowledged)
      report(findings, 'lost', `event ${event.id}`);
    report(findings, 'dup', `event ${event.id}`, rows.length - 1);
    for (const { recordedAt: _recordedAt, ...content } of rows)
      if (!sameContent(event, content))
        report(
          findings,
          'corrupt',
          `expected ${inspect(event, INSPECT)}, got ${inspect(content, INSPECT)}`,
        );
  }
  return stored.size;
}
