import { OUTCOME_REASON } from '../../outcome-reason';
import type { CopiedColumn } from '../copied-rows';
import { printedTime } from '../time-text';

/** Where an event stands among all: its time to the microsecond, and its id. */
export interface Position {
  time: string;
  id: string;
}

/** An event as texts, null for what is absent, in the order of `eventFields`. */
export type Cells = readonly (string | null)[];

/** An event as version 2 of the API shows it. */
export interface EventRow {
  /** One JSON object. Text, so that no digit of a number in `meta` is lost. */
  json: string;
  position: Position;
}

const text = [
  'plugin_id',
  'event_id',
  'severity_level',
  'status',
  'actor_type',
  'actor_id',
  'request_method',
  'request_url',
  'action_type',
  'query_type',
  'entity_ref',
] as const;

const more = [
  'operation_id',
  'initiator_id',
  'client_address',
  'user_agent',
  'request_query',
  'request_host',
  'error_type',
  'error_message',
  'stream_id',
  'stream_seq',
  'severity_number',
  'flags',
] as const;

/** What is in a list, in its order, and its SQL over a row of `audit.event` that is called `page`. */
const FIELDS: Record<string, string> = {
  id: 'page.id',
  event_time: printedTime('page.event_time'),
  recorded_at: printedTime('page.recorded_at'),
  ...Object.fromEntries(text.map((name) => [name, `page.${name}`])),
  meta: 'page.meta',
  ...Object.fromEntries(more.map((name) => [name, `page.${name}`])),
  outcome_reason: `page.otlp #>> '{attributes,${OUTCOME_REASON}}'`,
  trace_id: `encode(page.trace_id, 'hex')`,
  span_id: `encode(page.span_id, 'hex')`,
};

const TIMES = ['event_time', 'recorded_at'];
const isTime = (name: string) => TIMES.includes(name);
const FLAGS_AS_JSON = 'array_to_json(page.flags)';

/** The names of the fields in their order. */
export const eventFields: readonly string[] = Object.keys(FIELDS);

const DETAILS: Record<string, string> = {
  event_time_exact: `to_char(page.event_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || lpad(page.event_nanos::text, 3, '0') || 'Z'`,
  observed_time: printedTime('page.observed_time'),
  error_stack: 'page.error_stack',
  otlp: 'page.otlp',
  receiver_id: 'page.receiver_id',
  receiver_seq: 'page.receiver_seq',
  batch_index: 'page.batch_index',
  resource:
    '(select resource.attributes from audit.resource where resource.id = page.resource_id)',
  scope: `(
    select json_build_object(
      'name', scope_name, 'version', scope_version, 'attributes', scope_attributes, 'schema_url', scope_schema_url
    )
    from audit.resource where resource.id = page.resource_id
  )`,
};

const objectOf = (fields: Record<string, string>) =>
  `json_build_object(${Object.entries(fields)
    .map(([name, sql]) => `'${name}', ${sql}`)
    .join(', ')})::text as json`;

const TIME = `to_char(page.event_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Selects where an event stands. */
export const PLACE = `${TIME} as time, page.id::text`;

/** Selects the rows of a list, of rows of `audit.event` that are called `page`. */
export const LISTED = `${objectOf(FIELDS)}, ${PLACE}`;

/** Selects the same as texts, a column each: to make one JSON object costs the database several times what it takes to read them. */
export const CELLS = `${Object.entries({
  ...FIELDS,
  flags: FLAGS_AS_JSON,
})
  .map(([name, sql]) => `(${sql})::text as ${name}`)
  .join(', ')}, ${TIME} as time`;

/** Selects the same for a COPY, which gives times as they are: to print one is half of what it costs to read a row. */
export const COPIED = Object.entries({
  ...FIELDS,
  ...Object.fromEntries(TIMES.map((name) => [name, `page.${name}`])),
  flags: FLAGS_AS_JSON,
})
  .map(([name, sql]) => (isTime(name) ? sql : `(${sql})::text`))
  .concat('page.event_time')
  .join(', ');

/** The cells of a row of `CELLS`. */
export function cellsOf(row: Record<string, string | null>): Cells {
  return eventFields.map((name) => row[name]!);
}

const JSON_FIELDS = ['meta', 'stream_seq', 'severity_number', 'flags'];

/** What the columns of `COPIED` are read as: the fields, and where the event stands. */
export const COPIED_COLUMNS: readonly CopiedColumn[] = [
  ...eventFields.map((name) =>
    isTime(name) ? 'time' : JSON_FIELDS.includes(name) ? 'json' : 'text',
  ),
  'exact-time',
];

/** Whether the text of each of `eventFields` is JSON as it is. */
export const isJson: readonly boolean[] = eventFields.map((name) =>
  JSON_FIELDS.includes(name),
);

/** Selects all that is known of an event. */
export const DETAILED = `${objectOf({ ...FIELDS, ...DETAILS })}, ${PLACE}`;

/** Selects the same and what only the database needs to know: an event that is gone from it can be made again from this. */
export const WHOLE = `${objectOf({
  ...FIELDS,
  ...DETAILS,
  observed_time: `to_char(page.observed_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  resource_schema_url: `(select schema_url from audit.resource where resource.id = page.resource_id)`,
})}, ${PLACE}`;

/** A row of what these select. */
// oxlint-disable-next-line typescript/no-explicit-any -- a row of pg
export function eventRowOf({ json, time, id }: any): EventRow {
  return { json, position: { time, id } };
}
