import { readEvents } from 'audit-event/store';
import type { Queryable, StoredEvent } from 'audit-event/store';
import { canonicalJson } from './canonical-json';
import { report } from './findings';
import type { Findings } from './findings';
import type { SentRecord } from './sent-records';

const AT_ONCE = 2_000;

/** Compares what is stored with what was sent, event by event, field by field. */
export async function checkEvents(
  db: Queryable,
  sent: Iterable<SentRecord>,
  findings: Findings,
): Promise<void> {
  // The key begins with the time, so that it cannot find rows by id.
  await db.query(`create index on audit.event (id)`);
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
    for (const row of rows) {
      const [expected, got] = [canonicalJson(event), contentOf(row)];
      if (got !== expected)
        report(findings, 'corrupt', `expected ${expected}, got ${got}`);
    }
  }
  return stored.size;
}

function contentOf(row: StoredEvent): string {
  return canonicalJson({ ...row, recordedAt: undefined });
}
