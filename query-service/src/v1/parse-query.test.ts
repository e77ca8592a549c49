import fc from 'fast-check';
import { HttpError } from '../http-error';
import { parseQuery } from './parse-query';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');

const parsed = (query: string) => parseQuery(new URLSearchParams(query), NOW);

it('without parameters lists the last 30 days, 100 rows from the first', () => {
  expect(parsed('')).toEqual({
    filter: { startMs: Date.parse('2026-01-30T12:00:00.000Z'), endMs: NOW },
    page: { limit: 100, offset: 0 },
    unknown: [],
  });
});

describe('each parameter becomes its filter', () => {
  it.each([
    ['plugin_id=catalog', { pluginId: 'catalog' }],
    ['event_id=entity-fetch', { eventId: 'entity-fetch' }],
    ['event_id=entity.created', { eventId: 'entity.created' }],
    ['actor_id=user:default/john', { actorId: 'user:default/john' }],
    ['actor_id=user%3Adefault%2Fj%C3%B6rg', { actorId: 'user:default/jörg' }],
    ['status=succeeded', { status: 'succeeded' }],
    ['status=failed', { status: 'failed' }],
    ['actor_type=user', { actorType: 'user' }],
    ['actor_type=service', { actorType: 'service' }],
    ['actor_type=anonymous', { actorType: 'anonymous' }],
    ['request_method=POST', { requestMethod: 'POST' }],
    ['request_url=/api/catalog/*', { requestUrl: '/api/catalog/*' }],
    ['action_type=create', { actionType: 'create' }],
    ['query_type=by-query', { queryType: 'by-query' }],
    ['entity_ref=component:default/x', { entityRef: 'component:default/x' }],
    ['severity_level=high', { severityLevels: ['high'] }],
    ['severity_level=high,critical', { severityLevels: ['high', 'critical'] }],
    [
      'severity_level=high&severity_level=critical',
      { severityLevels: ['high', 'critical'] },
    ],
    [
      'severity_level=high,low&severity_level=low',
      { severityLevels: ['high', 'low'] },
    ],
    ['severity_level=high,', { severityLevels: ['high'] }],
    [
      'start_time=2026-02-01T00:00:00Z',
      { startMs: Date.parse('2026-02-01T00:00:00Z') },
    ],
    [
      'end_time=2026-02-28T23:59:59.5Z',
      { endMs: Date.parse('2026-02-28T23:59:59.500Z') },
    ],
  ])('%s', (query, filter) => {
    expect(parsed(query).filter).toEqual({ ...parsed('').filter, ...filter });
  });
});

describe('an empty value counts as not given', () => {
  it.each([
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
  ])('%s=', (name) => {
    expect(parsed(`${name}=`)).toEqual(parsed(''));
    expect(parsed(name)).toEqual(parsed(''));
  });
});

describe('pages', () => {
  it.each([
    ['limit=1', { limit: 1, offset: 0 }],
    ['limit=1000', { limit: 1000, offset: 0 }],
    ['offset=0', { limit: 100, offset: 0 }],
    ['limit=10&offset=123456789', { limit: 10, offset: 123456789 }],
  ])('%s', (query, page) => {
    expect(parsed(query).page).toEqual(page);
  });
});

const LIMIT = 'limit must be a whole number from 1 to 1000, got';
const OFFSET = 'offset must be a whole number from 0 to 9007199254740991, got';
const UTC =
  'must be a time in ISO 8601, in UTC and ending in Z, such as 2026-01-31T23:59:59Z, got';
const RANGE = 'start_time must be before end_time, got';
const DEFAULTS =
  'not given they are 2026-01-30T12:00:00.000Z and 2026-03-01T12:00:00.000Z';

describe('bad input is refused with the parameter, what was expected and what came', () => {
  it.each([
    ['limit=0', `${LIMIT} "0"`],
    ['limit=1001', `${LIMIT} "1001"`],
    ['limit=-1', `${LIMIT} "-1"`],
    ['limit=1.5', `${LIMIT} "1.5"`],
    ['limit=1e2', `${LIMIT} "1e2"`],
    ['limit=NaN', `${LIMIT} "NaN"`],
    ['limit=Infinity', `${LIMIT} "Infinity"`],
    ['limit=+5', `${LIMIT} " 5"`],
    ['limit=99999999999999999999999', `${LIMIT} "99999999999999999999999"`],
    ['limit=10&limit=20', 'limit must be given at most once, got 2 times'],
    ['offset=-1', `${OFFSET} "-1"`],
    ['offset=1.5', `${OFFSET} "1.5"`],
    ['offset=x', `${OFFSET} "x"`],
    ['offset=9007199254740993', `${OFFSET} "9007199254740993"`],
    [
      'start_time=2026-01-01T00:00:00',
      `start_time ${UTC} "2026-01-01T00:00:00"`,
    ],
    [
      'end_time=2026-01-01T00:00:00%2B01:00',
      `end_time ${UTC} "2026-01-01T00:00:00+01:00"`,
    ],
    ['start_time=yesterday', `start_time ${UTC} "yesterday"`],
    [
      'start_time=2026-02-30T00:00:00Z',
      `start_time ${UTC} "2026-02-30T00:00:00Z"`,
    ],
    [
      'start_time=2026-02-02T00:00:00Z&end_time=2026-02-01T00:00:00Z',
      `${RANGE} 2026-02-02T00:00:00.000Z and 2026-02-01T00:00:00.000Z; ${DEFAULTS}`,
    ],
    [
      'start_time=2026-02-02T00:00:00Z&end_time=2026-02-02T00:00:00Z',
      `${RANGE} 2026-02-02T00:00:00.000Z and 2026-02-02T00:00:00.000Z; ${DEFAULTS}`,
    ],
    [
      'start_time=2026-03-02T00:00:00Z',
      `${RANGE} 2026-03-02T00:00:00.000Z and 2026-03-01T12:00:00.000Z; ${DEFAULTS}`,
    ],
    [
      'end_time=2025-01-01T00:00:00Z',
      `${RANGE} 2026-01-30T12:00:00.000Z and 2025-01-01T00:00:00.000Z; ${DEFAULTS}`,
    ],
    [
      'severity_level=severe',
      'severity_level must be one of low, medium, high, critical, got "severe"',
    ],
    [
      'severity_level=high,High',
      'severity_level must be one of low, medium, high, critical, got "High"',
    ],
    [
      'severity_level=high, low',
      'severity_level must be one of low, medium, high, critical, got " low"',
    ],
    [
      'status=initiated',
      'status must be one of succeeded, failed, got "initiated"',
    ],
    [
      'status=succeeded,failed',
      'status must be one of succeeded, failed, got "succeeded,failed"',
    ],
    [
      'actor_type=plugin',
      'actor_type must be one of user, service, anonymous, got "plugin"',
    ],
    [
      'plugin_id=a&plugin_id=b',
      'plugin_id must be given at most once, got 2 times',
    ],
    [
      'plugin_id=a&plugin_id=',
      'plugin_id must be given at most once, got 2 times',
    ],
    ['actor_id=a%00b', 'actor_id must not contain the character U+0000'],
    [
      `status=${'x'.repeat(9_000)}`,
      `status must be one of succeeded, failed, got "${'x'.repeat(100)}..."`,
    ],
  ])('%.80s', (query, message) => {
    let error: unknown;
    try {
      parsed(query);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ name: 'InputError', message });
  });
});

it('names parameters that it does not know, once each, and goes on', () => {
  expect(parsed('sort=asc&limit=5&sort=desc&Limit=7')).toMatchObject({
    page: { limit: 5 },
    unknown: ['sort', 'Limit'],
  });
});

it('finds a parameter behind thousands of others', () => {
  expect(parsed(`${'a&'.repeat(5_000)}limit=5`).page.limit).toBe(5);
});

const name = fc.constantFrom(
  'plugin_id',
  'start_time',
  'end_time',
  'severity_level',
  'status',
  'actor_type',
  'request_url',
  'limit',
  'offset',
  'x',
);
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e9',
    '2026-02-01T00:00:00Z',
    'high,critical',
    'failed',
    'user',
    '%',
    '\0',
    "' or 1=1 --",
  ),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.integer().map(String),
);

it('whatever comes, gives a query within the bounds or an InputError', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { maxLength: 5 }), (pairs) => {
      try {
        const { filter, page } = parseQuery(new URLSearchParams(pairs), NOW);
        expect(page.limit).toBeGreaterThanOrEqual(1);
        expect(page.limit).toBeLessThanOrEqual(1_000);
        expect(Number.isSafeInteger(page.offset) && page.offset >= 0).toBe(
          true,
        );
        expect(filter.startMs).toBeLessThan(filter.endMs);
        expect(JSON.stringify(filter)).not.toContain(String.raw`\u0000`);
      } catch (error) {
        expect(error).toMatchObject({ name: 'InputError' });
      }
    }),
    { numRuns: 500 },
  );
});
