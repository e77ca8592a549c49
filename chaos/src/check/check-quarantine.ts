import type { Queryable } from 'audit-event/store';
import { encodeRecord } from '../load/encode-request';
import { report } from './findings';
import type { Findings } from './findings';
import type { SentRecord } from './sent-records';

const AT_ONCE = 1_000;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Compares what is quarantined with the unreadable records that were sent, byte by byte. */
export async function checkQuarantine(
  db: Queryable,
  sent: Iterable<SentRecord>,
  findings: Findings,
): Promise<void> {
  const poison = new Map<string, SentRecord>();
  for (const record of sent)
    if (record.fate === 'quarantined') poison.set(record.event.id, record);
  const found = new Set<string>();
  for await (const raw of quarantined(db)) {
    const ids = raw.toString('latin1').match(UUID) ?? [];
    const id = ids.find((candidate) => poison.has(candidate));
    if (id === undefined) {
      report(findings, 'phantom', `quarantined ${ids[0] ?? 'without an id'}`);
      continue;
    }
    if (found.has(id)) report(findings, 'dup', `quarantined record ${id}`);
    found.add(id);
    const { request, ...record } = poison.get(id)!;
    if (!raw.includes(encodeRecord(request, record)))
      report(findings, 'corrupt', `the bytes of quarantined record ${id}`);
  }
  for (const [id, { isAcknowledged }] of poison)
    if (isAcknowledged && !found.has(id))
      report(findings, 'lost', `unreadable record ${id}`);
}

async function* quarantined(db: Queryable): AsyncGenerator<Buffer> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await db.query(
      `select id, raw from audit.quarantine where id > $1::uuid order by id limit $2::integer`,
      [after, AT_ONCE],
    );
    if (rows.length === 0) return;
    for (const { raw } of rows as { raw: Buffer }[]) yield raw;
    after = rows.at(-1).id as string;
  }
}
