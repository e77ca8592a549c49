import { randomBytes } from 'node:crypto';
import {
  commitBatch,
  ensureMonth,
  fitSizes,
  monthOf,
  readEvents,
  registerReceiver,
} from 'audit-event/store';
import type { Batch, Received } from 'audit-event/store';
import type { AuditEvent } from 'audit-event';
import fc from 'fast-check';
import { openConnection } from '../../collector-receiver/src/commit/connection';
import type { OpenConnection } from '../../collector-receiver/src/commit/connection';
import { anAuditEvent } from '../../test/src/audit-events';
import { receivedOf } from '../../test/src/received';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { auditEvent } from '../../test/src/arbitrary-audit-event';

const NOW = 1_763_800_000_000_000_000n; // November 2025

let database: TestDatabase;
let db: OpenConnection;
let receiverId: number;
let receiverSeq = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  db = await openConnection(database.url);
  receiverId = await registerReceiver(db, 'test:1', '0.0.0');
  await ensureMonth(db, monthOf(Number(NOW / 1000n))!);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

function batchOf(events: AuditEvent[], fields: Partial<Received> = {}): Batch {
  return batchOfRequests(receivedOf(events, fields));
}

function batchOfRequests(...requests: Received[]): Batch {
  receiverSeq += 1;
  return { requests, receiverId, receiverSeq, recordedAt: new Date() };
}

const at = (nanos: bigint, fields: Partial<AuditEvent> = {}) =>
  anAuditEvent({ time: NOW + nanos, ...fields });

async function stored(events: AuditEvent[]): Promise<AuditEvent[]> {
  const rows = await readEvents(
    db,
    events.map(({ id }) => id),
  );
  return rows.map(({ recordedAt, ...event }) => {
    expect(recordedAt).toBeInstanceOf(Date);
    return event;
  });
}

describe('commitBatch', () => {
  it('stores every field of any event, to the nanosecond, from 1970 to the last time that OTLP can say', async () => {
    await fc.assert(
      fc.asyncProperty(auditEvent, async (event) => {
        const month = monthOf(Number(event.time / 1000n));
        if (month !== undefined) await ensureMonth(db, month);
        const accounting = await commitBatch(db, batchOf([event]));
        expect(accounting.stored).toBe(1);
        expect(await stored([event])).toEqual([event]);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps source, observed time, flags and what OTLP carried beyond the columns', async () => {
    const event = at(1n, {
      observedTime: NOW + 5_000n,
      source: {
        resource: { 'service.name': 'shop', 'process.pid': 7 },
        schemaUrl: 'https://opentelemetry.io/schemas/1.44.0',
        scopeName: 'auditor-otel',
        scopeVersion: '1.0.0',
        scopeAttributes: { tier: 'gold' },
        scopeSchemaUrl: 'https://example.com/schema',
      },
      flags: ['sanitized', 'truncated'],
      otlp: { body: { a: [1, null] }, severityText: 'WARN', traceFlags: 1 },
    });
    await commitBatch(db, batchOf([event]));
    expect(await stored([event])).toEqual([event]);
  });

  it('stores an event that is there already not again, and its new neighbours', async () => {
    const [a, b, c] = [at(10n), at(11n), at(12n)];
    await commitBatch(db, batchOf([a, b]));
    const accounting = await commitBatch(db, batchOf([b, c, c]));
    expect(accounting).toMatchObject({ received: 3, stored: 1, duplicate: 2 });
    expect(await stored([a, b, c])).toHaveLength(3);
  });

  it('keeps the first of two events with one key, and the other aside', async () => {
    const [a, b] = [at(20n), at(21n)];
    await commitBatch(db, batchOf([a]));
    const other = { ...a, entityRef: 'component:default/other' };
    const third = { ...b, meta: { third: true } };
    const moved = { ...a, source: { resource: { 'service.name': 'moved' } } };
    const accounting = await commitBatch(
      db,
      batchOf([b, other, a, third, moved]),
    );
    expect(accounting).toEqual({
      received: 5,
      stored: 1,
      duplicate: 2,
      excluded: 0,
      quarantined: 2,
      excludedBy: new Map(),
      quarantinedFor: new Map([['id-conflict', 2]]),
    });
    expect(await stored([a, b])).toEqual([a, b]);
    const { rows } = await db.query(
      `select detail, convert_from(raw, 'UTF8')::jsonb #>> '{attributes,audit.target.id}' as entity
       from audit.quarantine where reason = 'id-conflict' order by entity`,
    );
    expect(rows).toEqual([
      {
        detail: `another event with the id ${a.id} and the same time is stored already`,
        entity: 'component:default/other',
      },
      { detail: expect.stringContaining(b.id), entity: null },
    ]);
  });

  it('commits several requests as one batch, in their order', async () => {
    const requests = [[at(30n), at(31n)], [], [at(32n)]].map((events) =>
      receivedOf(events),
    );
    const accounting = await commitBatch(db, batchOfRequests(...requests));
    expect(accounting).toMatchObject({ received: 3, stored: 3 });
    const { rows } = await db.query(
      `select batch_index, event_nanos from audit.event where receiver_seq = $1 order by batch_index`,
      [receiverSeq],
    );
    expect(rows).toEqual([
      { batch_index: 0, event_nanos: 30 },
      { batch_index: 1, event_nanos: 31 },
      { batch_index: 2, event_nanos: 32 },
    ]);
  });

  it('quarantines an event that Postgres refuses for its content, and stores its neighbours', async () => {
    const events = Array.from({ length: 33 }, (_, i) => at(100n + BigInt(i)));
    events[17]!.actor = { type: 'user', id: 'nul \0 byte' };
    const accounting = await commitBatch(db, batchOf(events));
    expect(accounting).toMatchObject({
      received: 33,
      stored: 32,
      duplicate: 0,
      quarantined: 1,
    });
    const { rows } = await db.query(
      `select convert_from(raw, 'UTF8') as raw from audit.quarantine where reason = 'refused-by-database'`,
    );
    expect(rows).toHaveLength(1);
    expect(JSON.parse(rows[0].raw as string).attributes['audit.actor.id']).toBe(
      'nul \0 byte',
    );
    const indexes = await db.query(
      `select batch_index from audit.event where receiver_seq = $1 order by batch_index`,
      [receiverSeq],
    );
    expect(indexes.rows.map((row) => row.batch_index as number)).toEqual(
      events.map((_, i) => i).filter((i) => i !== 17),
    );
  });

  it('accounts for everything in the batch row, and counts what each rule kept out', async () => {
    const rule = '00000000-0000-8000-8000-000000000001';
    const accounting = await commitBatch(
      db,
      batchOf([at(200n)], {
        received: 5,
        excluded: new Map([[rule, 3]]),
        quarantined: [
          {
            reason: 'invalid-utf8',
            detail: 'field 5 \0',
            encoding: 'protobuf',
            raw: randomBytes(9),
          },
        ],
      }),
    );
    expect(accounting).toMatchObject({
      received: 5,
      stored: 1,
      duplicate: 0,
      excluded: 3,
      quarantined: 1,
    });
    const { rows } = await db.query(
      `select b.received, b.stored, b.excluded, b.quarantined, c.rule_id, c.excluded as by_rule, merkle_root
       from audit.batch b join audit.exclusion_count c using (receiver_id, receiver_seq)
       where receiver_seq = $1`,
      [receiverSeq],
    );
    expect(rows).toEqual([
      {
        received: 5,
        stored: 1,
        excluded: 3,
        quarantined: 1,
        rule_id: rule,
        by_rule: 3,
        merkle_root: null,
      },
    ]);
  });

  it('counts a quarantined record that comes again as a duplicate', async () => {
    const record = {
      reason: 'x',
      detail: 'x',
      encoding: 'json',
      raw: randomBytes(20),
    } as const;
    await commitBatch(db, batchOf([], { received: 1, quarantined: [record] }));
    const again = await commitBatch(
      db,
      batchOf([], { received: 1, quarantined: [record] }),
    );
    expect(again).toMatchObject({ received: 1, stored: 0, duplicate: 1 });
  });

  it('keeps quarantined records however many bytes they have', async () => {
    const quarantined = Array.from({ length: 3 }, () => ({
      reason: 'x',
      detail: 'x',
      encoding: 'protobuf' as const,
      raw: randomBytes(9 * 1024 * 1024),
    }));
    const accounting = await commitBatch(
      db,
      batchOf([], { received: 3, quarantined }),
    );
    expect(accounting.quarantined).toBe(3);
  });

  it('stores nothing of a batch whose numbers do not add up', async () => {
    const event = at(300n);
    await expect(
      commitBatch(db, batchOf([event], { received: 7 })),
    ).rejects.toThrow('batch_adds_up');
    receiverSeq -= 1;
    expect(await stored([event])).toEqual([]);
  });

  it('stores texts of any length: indexed ones are cut to what an index row holds, flagged, the whole kept', async () => {
    const long = '☃'.repeat(20_000);
    const event = at(400n, {
      actor: { type: 'user', id: long },
      pluginId: long,
      eventId: long,
      entityRef: long,
    });
    fitSizes(event);
    await commitBatch(db, batchOf([event]));
    const [row] = await stored([event]);
    expect(row!.actor.id).toBe('☃'.repeat(341));
    expect(row!.flags).toEqual(['truncated']);
    expect(row!.otlp?.attributes).toMatchObject({
      'audit.actor.id': long,
      'audit.target.id': long,
    });
  });

  it('waits for the flush whatever the session says', async () => {
    await db.query(`set synchronous_commit = off`);
    const seen: string[] = [];
    const watched: OpenConnection = {
      ...db,
      broken: false,
      query: (text, values) => db.query(text, values),
      copyIn: async (statement, bytes) => {
        const { rows } = await db.query(`show synchronous_commit`);
        seen.push(rows[0].synchronous_commit as string);
        await db.copyIn(statement, bytes);
      },
    };
    await commitBatch(watched, batchOf([at(500n)]));
    expect(new Set(seen)).toEqual(new Set(['on']));
    await db.query(`reset synchronous_commit`);
  });
});
