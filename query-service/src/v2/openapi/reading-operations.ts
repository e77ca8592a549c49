import { fieldNames, streamStates } from 'audit-event/store';
import { exportPermission } from '../../audit-log-plugin';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../../http/page-limit';
import { EVENTS_PATH, orders } from '../events';
import { EXPORT_PATH, formats } from '../export';
import { DEFAULT_VALUES, FACETS_PATH, MAX_VALUES } from '../facets';
import { HISTOGRAM_PATH, intervals } from '../histogram';
import { OPERATION_PATH } from '../operation';
import { DEFAULT_SILENT_AFTER_S } from '../silent-after';
import { STATS_PATH } from '../stats';
import { STREAM_PATH } from '../stream';
import { STREAMS_PATH } from '../streams';
import { TAIL_PATH, tailFormats } from '../tail';
import type { Operation } from './operation';
import { filterParameters, parameter, time, wordList } from './parameters';
import type { ParameterDescription } from './parameters';

const limitTo = (max: number, fallback: number) =>
  parameter('limit', {
    type: 'integer',
    minimum: 1,
    maximum: max,
    default: fallback,
  });
const word = (name: string, words: readonly string[]) =>
  parameter(name, { type: 'string', enum: words });
const cursor = parameter('cursor', { type: 'string' }, 'next_cursor of before');
const id: ParameterDescription = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', maxLength: 256 },
};
const timeOfId = [
  time('start_time', 'For ids that do not tell their time'),
  time('end_time', 'An hour later when not given'),
];
const silentAfter = parameter(
  'silent_after',
  { type: 'integer', minimum: 1, default: DEFAULT_SILENT_AFTER_S },
  'Seconds after which a stream counts as silent',
);
const json = (properties: Record<string, object>) => ({
  'application/json': { schema: { type: 'object', properties } },
});
const events = { type: 'array', items: { $ref: '#/components/schemas/Event' } };
const stream = {
  type: 'object',
  properties: { id: { type: 'string' }, state: { enum: streamStates } },
};
const maybeText = { type: ['string', 'null'] };

/** All ways to read events, and what becomes of them on their way. */
export const readingOperations: readonly Operation[] = [
  {
    path: EVENTS_PATH,
    operationId: 'listEvents',
    summary: 'A page of events',
    parameters: [
      ...filterParameters,
      limitTo(MAX_LIMIT, DEFAULT_LIMIT),
      word('order', orders),
      cursor,
    ],
    content: json({
      data: events,
      total: { $ref: '#/components/schemas/Total' },
      next_cursor: maybeText,
      searched_to: maybeText,
    }),
  },
  {
    path: `${EVENTS_PATH}/{id}`,
    operationId: 'findEvent',
    summary: 'One event with its operation and its trace',
    parameters: [id, ...timeOfId],
    content: json({
      event: { $ref: '#/components/schemas/Event' },
      operation: { $ref: '#/components/schemas/Related' },
      trace: { $ref: '#/components/schemas/Related' },
    }),
  },
  {
    path: FACETS_PATH,
    operationId: 'listFacets',
    summary: 'How many of the events have which values',
    parameters: [
      ...filterParameters,
      wordList('field', fieldNames, 'Whose values'),
      limitTo(MAX_VALUES, DEFAULT_VALUES),
      parameter(
        'contains',
        { type: 'string' },
        'Only values with this in them',
      ),
    ],
    content: json({ facets: { type: 'object' } }),
  },
  {
    path: HISTOGRAM_PATH,
    operationId: 'showHistogram',
    summary: 'How many events over time',
    parameters: [
      ...filterParameters,
      word('interval', intervals),
      word('by', fieldNames),
    ],
    content: json({
      interval: { enum: intervals },
      by: maybeText,
      values: { type: 'array', items: { type: 'string' } },
      total: { type: 'integer' },
      buckets: { type: 'array', items: { type: 'object' } },
    }),
  },
  {
    path: STATS_PATH,
    operationId: 'showStats',
    summary: 'How much is stored, and how old is what came last',
    parameters: [],
    content: json({ events: { type: 'integer' } }),
  },
  {
    path: EXPORT_PATH,
    operationId: 'exportEvents',
    summary: 'All events found, the oldest first',
    permission: exportPermission,
    parameters: [
      ...filterParameters,
      word('format', formats),
      word('raw', ['true', 'false']),
      time('after_time', 'event_time of the last event that came'),
      parameter('after_id', { type: 'string' }, 'Its id'),
    ],
    content: { 'application/x-ndjson': {}, 'text/csv': {} },
  },
  {
    path: TAIL_PATH,
    operationId: 'tailEvents',
    summary: 'Events in the order in which they were committed',
    parameters: [
      ...filterParameters,
      word('format', tailFormats),
      cursor,
      time('since', 'Begin with what was recorded from then on'),
      limitTo(MAX_LIMIT, DEFAULT_LIMIT),
    ],
    content: {
      'text/event-stream': {},
      ...json({
        data: events,
        next_cursor: { type: 'string' },
        has_more: { type: 'boolean' },
      }),
    },
  },
  {
    path: STREAMS_PATH,
    operationId: 'listStreams',
    summary: 'Whether all came that emitters sent',
    parameters: [
      wordList('state', streamStates, 'Any of these'),
      parameter('service_name', { type: 'string' }),
      silentAfter,
      limitTo(MAX_LIMIT, DEFAULT_LIMIT),
      cursor,
    ],
    content: json({
      data: { type: 'array', items: stream },
      next_cursor: maybeText,
    }),
  },
  {
    path: openApiPath(STREAM_PATH),
    operationId: 'findStream',
    summary: 'One stream, with more of what is missing, lost and duplicate',
    parameters: [id, silentAfter],
    content: { 'application/json': { schema: stream } },
  },
  {
    path: openApiPath(OPERATION_PATH),
    operationId: 'findOperation',
    summary: 'All records of an operation in order, and what became of it',
    parameters: [id, ...timeOfId],
    content: json({
      id: { type: 'string' },
      outcome: { type: 'string' },
      marked_at: maybeText,
      records: events,
      total: { type: 'integer' },
    }),
  },
];

/** The path of a route of Express as OpenAPI has it. */
function openApiPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}
