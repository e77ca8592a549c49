import { fieldNames } from 'audit-event/store';
import {
  exportPermission,
  PLUGIN_PATH,
  readPermission,
} from '../../../audit-log-plugin';
import { AUDIT_EVENT_PATH } from '../../../v1/audit-event';
import { parametersV1 } from '../../../v1/parse-query';
import { EVENT_PATH } from '../../event';
import { EVENTS_PATH, eventsParameters } from '../../events';
import { EXPORT_PATH, exportParameters } from '../../export';
import { FACETS_PATH, facetsParameters } from '../../facets';
import {
  HISTOGRAM_PATH,
  histogramParameters,
  intervals,
} from '../../histogram';
import { foreignId } from '../../id-parameter';
import { operationTimeParameters } from '../../operation-time';
import { searchParameters } from '../../search/search-parameters';
import { STATS_PATH } from '../../stats';
import { TAIL_PATH, tailParameters } from '../../tail';
import { TOTAL_PATH, totalParameters } from '../../total';
import { json } from '../operation';
import type { Operation } from '../operation';
import {
  count,
  flag,
  listOf,
  mapOf,
  object,
  orNull,
  ref,
  text,
  time,
} from '../schemas/json-schema';

const needs = [readPermission];

/** All ways to read events. */
export const eventOperations: readonly Operation[] = [
  {
    path: PLUGIN_PATH + AUDIT_EVENT_PATH,
    operationId: 'listAuditEvents',
    summary: 'A page of finished operations, the newest first',
    description:
      'Parameters that do not exist are ignored and named in Warning.',
    needs,
    query: parametersV1,
    answers: {
      200: json(
        'The page',
        object({
          data: listOf(ref('EventV1')),
          total: count,
          limit: count,
          offset: count,
        }),
        { Warning: 'Which parameters were ignored, if any' },
      ),
    },
  },
  {
    path: PLUGIN_PATH + EVENTS_PATH,
    operationId: 'listEvents',
    summary: 'A page of events',
    needs,
    query: { ...searchParameters, ...eventsParameters },
    answers: {
      200: json(
        'The page',
        object({
          data: listOf(ref('Event')),
          next_cursor: orNull(text),
          searched_to: orNull(time),
        }),
      ),
    },
  },
  {
    path: PLUGIN_PATH + EVENT_PATH,
    operationId: 'findEvent',
    summary: 'One event with its operation and its trace',
    needs,
    id: foreignId,
    query: operationTimeParameters,
    answers: {
      200: json(
        'The event',
        object({
          event: ref('EventDetail'),
          operation: ref('Related'),
          trace: ref('Related'),
        }),
      ),
    },
  },
  {
    path: PLUGIN_PATH + TOTAL_PATH,
    operationId: 'countEvents',
    summary: 'How many events there are',
    description: 'At least so many when is_exact is false.',
    needs,
    query: { ...searchParameters, ...totalParameters },
    answers: { 200: json('How many', ref('Total')) },
  },
  {
    path: PLUGIN_PATH + FACETS_PATH,
    operationId: 'listFacets',
    summary: 'How many of the events have which values',
    needs,
    query: { ...searchParameters, ...facetsParameters },
    answers: {
      200: json(
        'Facets by field',
        object({
          facets: {
            ...mapOf(ref('Facet')),
            propertyNames: { enum: fieldNames },
          },
        }),
      ),
    },
  },
  {
    path: PLUGIN_PATH + HISTOGRAM_PATH,
    operationId: 'showHistogram',
    summary: 'How many events over time',
    needs,
    query: { ...searchParameters, ...histogramParameters },
    answers: {
      200: json(
        'Buckets in order',
        object({
          interval: { enum: intervals },
          by: orNull({ enum: fieldNames }),
          values: listOf(text),
          total: count,
          buckets: listOf(
            object({ start: time, total: count, counts: mapOf(count) }),
          ),
        }),
      ),
    },
  },
  {
    path: PLUGIN_PATH + STATS_PATH,
    operationId: 'showStats',
    summary: 'How much is stored, and how old is what came last',
    needs,
    query: {},
    answers: { 200: json('What is stored', ref('Stats')) },
  },
  {
    path: PLUGIN_PATH + EXPORT_PATH,
    operationId: 'exportEvents',
    summary: 'All events found, the oldest first',
    description:
      'after_time and after_id are those of any event that is stored, as an export shows them: no cursor.',
    needs: [exportPermission],
    query: { ...searchParameters, ...exportParameters },
    answers: {
      200: {
        description:
          'Events, an Event each line of NDJSON; the trailers X-Audit-Rows and X-Audit-Sha256 end an answer that is whole',
        content: { 'application/x-ndjson': text, 'text/csv': text },
        headers: { Trailer: 'The names of both trailers' },
      },
    },
  },
  {
    path: PLUGIN_PATH + TAIL_PATH,
    operationId: 'tailEvents',
    summary: 'Events in the order in which they were committed',
    needs,
    query: { ...searchParameters, ...tailParameters },
    headers: {
      'Last-Event-ID': {
        in: 'header',
        description: 'The id of the last server-sent event, instead of cursor',
        schema: text,
      },
    },
    answers: {
      200: {
        description: 'Server-sent events without end, or a page',
        content: {
          'text/event-stream': text,
          'application/json': object({
            data: listOf(ref('Event')),
            next_cursor: text,
            has_more: flag,
          }),
        },
      },
    },
  },
];
