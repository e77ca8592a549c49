import type { Pool } from 'pg';
import { nthEvent } from '../../src/nth-event';
import { until } from './until';

/** How many events of a service are there. */
export async function countOf(pool: Pool, service: string): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    'select count(*) from audit.event where plugin_id = $1::text',
    [service],
  );
  return Number(rows[0]!.count);
}

/** Resolves once so many events of a service are there. */
export async function untilStored(
  pool: Pool,
  service: string,
  count: number,
): Promise<void> {
  await until(`${count} events of ${service} to be stored`, async () =>
    (await countOf(pool, service)) >= count ? true : undefined,
  );
}

/** What is wrong with the stored events of a service that made the first so many of `nthEvent`; all empty when nothing is. */
export async function wrongsOf(pool: Pool, service: string, events: number) {
  const { rows } = await pool.query<Record<string, unknown>>(
    `select event_id, severity_level, status, actor_type, actor_id, client_address, user_agent, request_method,
       request_url, request_query, action_type, query_type, entity_ref, error_type, error_message,
       encode(trace_id, 'hex') as trace_id, encode(span_id, 'hex') as span_id,
       (extract(epoch from event_time) * 1000000)::bigint * 1000 + event_nanos as time, flags, meta
     from audit.event where plugin_id = $1::text`,
    [service],
  );
  const times = new Map<unknown, number>();
  const changed: unknown[] = [];
  for (const row of rows) {
    const { n } = row['meta'] as { n: number };
    times.set(n, (times.get(n) ?? 0) + 1);
    if (JSON.stringify(row) !== JSON.stringify(rowOf(n)))
      changed.push({ is: row, expected: rowOf(n) });
  }
  return {
    lost: Array.from({ length: events }, (_, n) => n).filter(
      (n) => !times.has(n),
    ),
    twice: [...times].filter(([, count]) => count > 1).map(([n]) => n),
    changed,
  };
}

export const nothingWrong = { lost: [], twice: [], changed: [] };

/** The row that the n-th event has to become, its columns in the order in which they are asked for. */
function rowOf(n: number): Record<string, unknown> {
  const { meta, request, error, ...event } = nthEvent(n);
  const { actionType, queryType, entityRef, ...rest } = meta;
  const [path, query] = request.url.split('?');
  return {
    event_id: event.eventId,
    severity_level: event.severityLevel,
    status: event.status,
    actor_type: event.actor.type,
    actor_id: event.actor.id,
    client_address: event.actor.ip,
    user_agent: event.actor.userAgent,
    request_method: request.method,
    request_url: path,
    request_query: query,
    action_type: actionType,
    query_type: queryType,
    entity_ref: entityRef,
    error_type: error?.name ?? null,
    error_message: error?.message ?? null,
    trace_id: event.trace.traceId,
    span_id: event.trace.spanId,
    time: String(event.time),
    flags: null,
    // As jsonb orders keys: the shorter ones first.
    meta: { n: rest.n, nested: rest.nested },
  };
}

/** The receivers' books. */
export async function ledgerOf(pool: Pool) {
  const { rows } = await pool.query<Record<string, string>>(
    `select sum(received) as received, sum(stored) as stored, sum(duplicate) as duplicate, sum(excluded) as excluded,
       sum(quarantined) as quarantined, bool_and(is_gapless)::text as is_gapless,
       (select count(*) from audit.event) as rows
     from audit.ledger`,
  );
  const { is_gapless: isGapless, ...counts } = rows[0]!;
  const books = Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [name, Number(count)]),
  );
  return { ...books, isGapless } as Record<
    'received' | 'stored' | 'duplicate' | 'excluded' | 'quarantined' | 'rows',
    number
  > & { isGapless: string };
}
