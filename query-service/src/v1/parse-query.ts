import { actorTypes, severityLevels } from 'audit-event';
import type { EventFilterV1, PageV1 } from 'audit-event/store';
import { HttpError } from '../http-error';
import { parseTime } from './parse-time';

export const DEFAULT_LIMIT = 100;
export const MAX_LIMIT = 1_000;

/** `start_time` when it is not given: so long before now. */
export const DEFAULT_RANGE_MS = 30 * 24 * 60 * 60 * 1_000;

/** The outcomes that v1 shows; operations that have only begun are not listed. */
const OUTCOMES = ['succeeded', 'failed'] as const;

/** All parameters of the contract. */
const PARAMETERS = [
  'plugin_id',
  'event_id',
  'start_time',
  'end_time',
  'severity_level',
  'actor_id',
  'status',
  'actor_type',
  'request_method',
  'request_url',
  'action_type',
  'query_type',
  'entity_ref',
  'limit',
  'offset',
] as const;
type Parameter = (typeof PARAMETERS)[number];

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
export function parseQuery(params: URLSearchParams, nowMs: number): QueryV1 {
  const startMs = time(params, 'start_time') ?? nowMs - DEFAULT_RANGE_MS;
  const endMs = time(params, 'end_time') ?? nowMs;
  if (startMs >= endMs)
    throw new HttpError('InputError', emptyRange(startMs, endMs));
  return {
    filter: {
      startMs,
      endMs,
      pluginId: single(params, 'plugin_id'),
      eventId: single(params, 'event_id'),
      severityLevels: severities(params),
      actorId: single(params, 'actor_id'),
      actorType: oneOf(params, 'actor_type', actorTypes),
      status: oneOf(params, 'status', OUTCOMES),
      requestMethod: single(params, 'request_method'),
      requestUrl: single(params, 'request_url'),
      actionType: single(params, 'action_type'),
      queryType: single(params, 'query_type'),
      entityRef: single(params, 'entity_ref'),
    },
    page: {
      limit: wholeNumber(params, 'limit', 1, MAX_LIMIT) ?? DEFAULT_LIMIT,
      offset: wholeNumber(params, 'offset', 0, Number.MAX_SAFE_INTEGER) ?? 0,
    },
    unknown: [...new Set(params.keys())].filter(
      (name) => !(PARAMETERS as readonly string[]).includes(name),
    ),
  };
}

/** The value of a parameter that may be given once. */
function single(params: URLSearchParams, name: Parameter): string | undefined {
  const values = params.getAll(name);
  if (values.length > 1)
    throw new HttpError(
      'InputError',
      `${name} must be given at most once, got ${values.length} times`,
    );
  // No text in Postgres holds it, so it cannot be searched for either.
  if (values[0]?.includes('\0'))
    throw new HttpError(
      'InputError',
      `${name} must not contain the character U+0000`,
    );
  return values[0] || undefined;
}

function oneOf<T extends string>(
  params: URLSearchParams,
  name: Parameter,
  allowed: readonly T[],
): T | undefined {
  const value = single(params, name);
  return value === undefined ? undefined : member(name, allowed, value);
}

/** The one filter that takes several values: as a comma list, as repeated keys, or both. */
function severities(params: URLSearchParams) {
  const values = params
    .getAll('severity_level')
    .flatMap((list) => list.split(','))
    .filter(Boolean)
    .map((value) => member('severity_level', severityLevels, value));
  return values.length > 0 ? [...new Set(values)] : undefined;
}

function member<T extends string>(
  name: Parameter,
  allowed: readonly T[],
  value: string,
): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined)
    throw refused(name, `one of ${allowed.join(', ')}`, value);
  return found;
}

function wholeNumber(
  params: URLSearchParams,
  name: Parameter,
  min: number,
  max: number,
): number | undefined {
  const text = single(params, name);
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= min && value <= max))
    throw refused(name, `a whole number from ${min} to ${max}`, text);
  return value;
}

function time(params: URLSearchParams, name: Parameter): number | undefined {
  const text = single(params, name);
  if (text === undefined) return undefined;
  const ms = parseTime(text);
  if (ms === undefined)
    throw refused(
      name,
      'a time in ISO 8601, in UTC and ending in Z, such as 2026-01-31T23:59:59Z',
      text,
    );
  return ms;
}

function emptyRange(startMs: number, endMs: number): string {
  const [start, end] = [startMs, endMs].map((ms) => new Date(ms).toISOString());
  return `start_time (30 days ago when not given) must be before end_time (now when not given), got ${start} and ${end}`;
}

function refused(name: Parameter, expected: string, actual: string): HttpError {
  const shown = actual.length > 100 ? `${actual.slice(0, 100)}...` : actual;
  return new HttpError(
    'InputError',
    `${name} must be ${expected}, got ${JSON.stringify(shown)}`,
  );
}
