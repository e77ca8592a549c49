import { eventFields, fieldNames } from 'audit-event/store';
import {
  exportPermission,
  PLUGIN_PATH,
  readPermission,
} from '../../audit-log-plugin';
import type { Permission } from '../../audit-log-plugin';
import { statusOf } from '../../http-error';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../../http/page-limit';
import { EVENTS_PATH, orders } from '../events';
import { EXPORT_PATH, formats } from '../export';
import { DEFAULT_VALUES, FACETS_PATH, MAX_VALUES } from '../facets';
import { HISTOGRAM_PATH, intervals } from '../histogram';
import { STATS_PATH } from '../stats';
import { TAIL_PATH, tailFormats } from '../tail';
import { filterParameters, parameter, time, wordList } from './parameters';
import type { ParameterDescription } from './parameters';

interface Operation {
  path: string;
  operationId: string;
  summary: string;
  parameters: readonly ParameterDescription[];
  /** Media types of the answer, with what is in it. */
  content: Record<string, object>;
  permission?: Permission;
}

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
const json = (properties: Record<string, object>) => ({
  'application/json': { schema: { type: 'object', properties } },
});
const events = { type: 'array', items: { $ref: '#/components/schemas/Event' } };
const maybeText = { type: ['string', 'null'] };

const operations: readonly Operation[] = [
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
    parameters: [
      id,
      time('start_time', 'For ids that do not tell their time'),
      time('end_time', 'An hour later when not given'),
    ],
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
];

/** Version 2 of the API, as far as it reads events, in OpenAPI 3.1. Names, words and bounds are those that requests are checked by. */
export function openApiDocument(): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Audit log', version: '2' },
    security: [{ bearer: [] }],
    paths: Object.fromEntries(
      operations.map((one) => [
        PLUGIN_PATH + one.path,
        { get: described(one) },
      ]),
    ),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Event: {
          type: 'object',
          properties: Object.fromEntries(eventFields.map((name) => [name, {}])),
          required: eventFields,
        },
        Related: {
          type: 'object',
          properties: { events, has_more: { type: 'boolean' } },
        },
        Total: {
          type: ['object', 'null'],
          properties: {
            value: { type: 'integer' },
            is_exact: { type: 'boolean' },
          },
        },
        Error: {
          type: 'object',
          properties: {
            error: {
              type: 'object',
              properties: {
                name: { type: 'string' },
                message: { type: 'string' },
              },
            },
          },
        },
      },
    },
  };
}

function described({
  operationId,
  summary,
  parameters,
  content,
  permission = readPermission,
}: Operation): object {
  const failures = Object.entries(statusOf).map(([name, status]) => [
    status,
    {
      description: name,
      content: {
        'application/json': { schema: { $ref: '#/components/schemas/Error' } },
      },
    },
  ]);
  return {
    operationId,
    summary,
    description: `Needs the permission ${permission.name}.`,
    parameters,
    responses: {
      200: { description: summary, content },
      ...Object.fromEntries(failures),
    },
  };
}
