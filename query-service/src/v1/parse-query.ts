import { actorTypes, severityLevels } from 'audit-event';
import type { EventFilterV1, PageV1 } from 'audit-event/store';
import { limitIn } from '../http/page-limit';
import {
  anyText,
  limitParameter,
  oneWord,
  rangeParameters,
  someWords,
  wholeNumber,
} from '../http/parameter-table';
import { parametersOf } from '../http/parameters';
import { lastDays, rangeIn } from '../http/range';

/** The outcomes that v1 shows; operations that have only begun are not listed. */
const OUTCOMES = ['succeeded', 'failed'] as const;

const OFFSETS = { min: 0, max: Number.MAX_SAFE_INTEGER };

/** All parameters of the contract. */
export const parametersV1 = {
  plugin_id: anyText('Exact'),
  event_id: anyText('Exact'),
  ...rangeParameters,
  severity_level: someWords('Any of these', severityLevels),
  actor_id: anyText('Exact, such as user:default/john'),
  status: oneWord('Outcome', OUTCOMES),
  actor_type: oneWord('Kind of actor', actorTypes),
  request_method: anyText('Exact, such as POST'),
  request_url: anyText('The path without query; * at the end for a beginning'),
  action_type: anyText('Exact'),
  query_type: anyText('Exact'),
  entity_ref: anyText('Exact'),
  limit: limitParameter,
  offset: wholeNumber('Rows to skip', OFFSETS, 0),
};

export interface QueryV1 {
  filter: EventFilterV1;
  page: PageV1;
  /** Names of parameters that the API does not have, once each. */
  unknown: string[];
}

/**
 * The query of a request to v1. A parameter with an empty value counts as not given; a number out of bounds is
 * refused, never moved to the bound.
 *
 * @param nowMs milliseconds since 1970: the default end of the range
 * @throws HttpError `InputError`, and nothing else, naming the parameter, what was expected and what came
 * @example
 * parseQuery(new URLSearchParams('status=failed&limit=10'), Date.now());
 */
export function parseQuery(query: URLSearchParams, nowMs: number): QueryV1 {
  const params = parametersOf<keyof typeof parametersV1>(query);
  return {
    filter: {
      ...rangeIn(params, lastDays(nowMs)),
      pluginId: params.text('plugin_id'),
      eventId: params.text('event_id'),
      severityLevels: params.someOf('severity_level', severityLevels),
      actorId: params.text('actor_id'),
      actorType: params.oneOf('actor_type', actorTypes),
      status: params.oneOf('status', OUTCOMES),
      requestMethod: params.text('request_method'),
      requestUrl: params.text('request_url'),
      actionType: params.text('action_type'),
      queryType: params.text('query_type'),
      entityRef: params.text('entity_ref'),
    },
    page: {
      limit: limitIn(params),
      offset: params.wholeNumber('offset', OFFSETS) ?? 0,
    },
    unknown: [...new Set(query.keys())].filter(
      (name) => !Object.hasOwn(parametersV1, name),
    ),
  };
}
