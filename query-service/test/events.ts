import { COUNTED_COLUMNS, ensureMonth, monthOf } from 'audit-event/store';
import type { EventRowV1 } from 'audit-event/store';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

/** A row as v1 shows it, except that its status may be one that v1 hides, and its times may have microseconds. */
export type TestEvent = EventRowV1;

/**
 * A row to insert, with what a test wants to be different. `meta` is JSON text.
 *
 * @example
 * aRow({ plugin_id: 'scaffolder' });
 */
export function aRow(overrides: Partial<TestEvent> = {}): TestEvent {
  return {
    id: randomUUID(),
    event_time: '2026-01-15T10:30:00.000Z',
    recorded_at: '2026-01-15T10:30:00.120Z',
    plugin_id: 'catalog',
    event_id: 'entity-fetch',
    severity_level: 'low',
    status: 'succeeded',
    actor_type: 'user',
    actor_id: 'user:default/john',
    request_method: 'GET',
    request_url: '/api/catalog/entities',
    action_type: null,
    query_type: 'all',
    entity_ref: null,
    meta: '{}',
    ...overrides,
  };
}

/** As a batch counts what it brings. */
const COUNTED = COUNTED_COLUMNS.join(', ');

/** Inserts rows by plain SQL, whatever the receiver would make of them. */
export async function insertRows(
  pool: Pool,
  rows: readonly TestEvent[],
): Promise<void> {
  const times = new Set(
    rows.map((row) => monthOf(Date.parse(row.event_time) * 1_000)),
  );
  const client = await pool.connect();
  try {
    for (const month of times) if (month) await ensureMonth(client, month);
    await client.query(
      `insert into audit.event (
        id, event_time, recorded_at, plugin_id, event_id, severity_level, status, actor_type, actor_id,
        request_method, request_url, action_type, query_type, entity_ref, meta,
        receiver_id, receiver_seq, batch_index, event_nanos, severity_number
      )
      select
        id, event_time, recorded_at, plugin_id, event_id, severity_level, status, actor_type, actor_id,
        request_method, request_url, action_type, query_type, entity_ref, meta::jsonb, 1, 1, 0, 0, 0
      from json_to_recordset($1::json) as row (
        id uuid, event_time timestamptz, recorded_at timestamptz, plugin_id text, event_id text,
        severity_level text, status text, actor_type text, actor_id text, request_method text, request_url text,
        action_type text, query_type text, entity_ref text, meta text
      )`,
      [JSON.stringify(rows)],
    );
    await client.query(
      `insert into audit.event_count (hour, ${COUNTED}, events)
       select date_trunc('hour', event_time, 'UTC'), ${COUNTED}, count(*)
       from audit.event
       where id = any ($1::uuid[])
       group by 1, ${COUNTED}`,
      [rows.map(({ id }) => id)],
    );
  } finally {
    client.release();
  }
}
