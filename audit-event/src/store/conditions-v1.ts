import type { EventFilterV1 } from './list-events-v1';

/** The filter as SQL. Every value travels as a parameter; what is joined here are the fixed lines below. */
export function conditionsV1(filter: EventFilterV1) {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const equals = (column: string, value: string | undefined) =>
    value !== undefined && `${column} = ${bind(value)}::text`;

  const fields = [
    filter.status
      ? equals('status', filter.status)
      : `status in ('succeeded', 'failed')`,
    filter.severityLevels &&
      `severity_level = any(${bind(filter.severityLevels)}::text[])`,
    equals('plugin_id', filter.pluginId),
    equals('event_id', filter.eventId),
    equals('actor_id', filter.actorId),
    equals('actor_type', filter.actorType),
    equals('request_method', filter.requestMethod),
    filter.requestUrl?.endsWith('*')
      ? `starts_with(request_url, ${bind(filter.requestUrl.slice(0, -1))}::text)`
      : equals('request_url', filter.requestUrl),
    equals('action_type', filter.actionType),
    equals('query_type', filter.queryType),
    equals('entity_ref', filter.entityRef),
  ]
    .filter(Boolean)
    .join(' and ');
  return { fields, bind, values };
}

/** Its time range as SQL; both ends are inclusive. */
export function timeRangeV1(
  { startMs, endMs }: EventFilterV1,
  bind: (value: unknown) => string,
): string {
  return `event_time >= ${bind(firstMicrosecond(startMs))}::timestamptz
    and event_time <= ${bind(lastMicrosecond(endMs))}::timestamptz`;
}

function firstMicrosecond(ms: number): string {
  return new Date(ms).toISOString();
}

/** Postgres keeps microseconds, so the end of a millisecond is a time that it can say. */
function lastMicrosecond(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '999Z');
}
