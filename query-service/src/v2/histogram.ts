import {
  BUCKET_ORIGIN_MS,
  countBuckets,
  countEvents,
  countValues,
  fieldNames,
  isCounted,
  searchField,
} from 'audit-event/store';
import type {
  BucketCount,
  EventSearch,
  FieldName,
  Queryable,
} from 'audit-event/store';
import type { RequestHandler } from 'express';
import { HttpError } from '../http-error';
import { queryOf } from '../query-of';
import { requireReader } from '../reader';
import type { ReaderDeps } from '../reader';
import { oneWord } from '../http/parameter-table';
import { lastDays } from '../http/range';
import { fieldIn, readSearch } from './search/read-search';

/** Below the plugin. */
export const HISTOGRAM_PATH = '/v2/histogram';

/** Lengths of a bucket that may be asked for, in seconds. */
const INTERVALS = {
  '1s': 1,
  '10s': 10,
  '1m': 60,
  '5m': 300,
  '15m': 900,
  '1h': 3_600,
  '3h': 10_800,
  '6h': 21_600,
  '12h': 43_200,
  '1d': 86_400,
  '7d': 604_800,
} as const;
type Interval = keyof typeof INTERVALS;
export const intervals = Object.keys(INTERVALS) as Interval[];

/** Beside the filters. */
export const histogramParameters = {
  interval: oneWord(
    'Length of a bucket; a fitting one when not given',
    intervals,
  ),
  by: oneWord('The field whose values are told apart', fieldNames),
};

/** Buckets when the interval is not given, and at most. */
const WANTED_BUCKETS = 120;
const MAX_BUCKETS = 5_000;
/** Of more events than these no bucket is shorter than an hour, if the interval is not given: shorter ones are counted one by one. */
const MANY_EVENTS = 200_000;
const HOUR_S = INTERVALS['1h'];
/** Of a range that is shorter the hourly counts tell so little that its events are read anyway, in seconds. */
const FEW_HOURS_S = 3 * HOUR_S;
/** Values that are told apart. */
const MAX_SERIES = 12;

/** `GET /v2/histogram`: how many events over time, by the values of a field if one is given. */
export function histogramRoute(deps: ReaderDeps): RequestHandler {
  return async function showHistogramV2(req, res) {
    await requireReader(req, deps);

    const { search, params } = readSearch(
      queryOf(req.url),
      histogramParameters,
      lastDays(),
    );
    const asked = params.oneOf('interval', intervals);
    if (asked !== undefined) requireFewBuckets(search, asked);
    const by = params.text('by');
    const field = by === undefined ? undefined : fieldIn('by', by);

    const found = await deps.database.inScan(async (db) => {
      const interval = asked ?? (await fittingInterval(db, search));
      const seconds = INTERVALS[interval];
      const series = field && (await seriesOf(db, search, field));
      return {
        interval,
        values: series,
        counts: await countBuckets(db, search, {
          seconds,
          by: field && { field, values: series! },
        }),
      };
    });
    const { interval, values, counts } = found;
    res.json({
      interval,
      by: field ?? null,
      values: values ?? [],
      total: counts.reduce((sum, { count }) => sum + count, 0),
      buckets: bucketsOf(search, INTERVALS[interval], counts),
    });
  };
}

/** The shortest interval that does not make too many buckets; of many events one that the hourly counts tell. */
async function fittingInterval(
  db: Queryable,
  search: EventSearch,
): Promise<Interval> {
  const fitting = shortestFor(search, WANTED_BUCKETS) ?? '7d';
  const rangeS = (search.endMs - search.startMs) / 1_000;
  if (INTERVALS[fitting] >= HOUR_S || rangeS < FEW_HOURS_S) return fitting;
  if (!isCounted(search)) return fitting;
  const { value } = await countEvents(db, search);
  return value > MANY_EVENTS ? '1h' : fitting;
}

/** @throws HttpError `InputError` when there would be too many */
function requireFewBuckets(search: EventSearch, asked: Interval): void {
  if (bucketCount(search, asked) <= MAX_BUCKETS) return;
  throw new HttpError(
    'InputError',
    `interval must be so long that there are at most ${MAX_BUCKETS} buckets, got "${asked}"; for this range take ${shortestFor(search, MAX_BUCKETS) ?? 'a shorter one and 7d'}`,
  );
}

function shortestFor(search: EventSearch, most: number): Interval | undefined {
  return intervals.find((interval) => bucketCount(search, interval) <= most);
}

function bucketCount(
  { startMs, endMs }: EventSearch,
  interval: Interval,
): number {
  return (endMs - startMs) / 1_000 / INTERVALS[interval];
}

/** All words of a field that has few; of others the most frequent values. */
async function seriesOf(
  db: Queryable,
  search: EventSearch,
  field: FieldName,
): Promise<string[]> {
  const kind = searchField(field);
  if (kind.kind === 'word') return [...kind.words];
  const facets = await countValues(db, search, [field], {
    limit: MAX_SERIES,
  });
  return facets[field].values.flatMap(({ value }) =>
    value === null ? [] : [value],
  );
}

/** All buckets of the range in order, those without events too, unless there are too many. */
function bucketsOf(
  { startMs, endMs }: EventSearch,
  seconds: number,
  counts: BucketCount[],
): object[] {
  const byStart = Map.groupBy(counts, (one) => one.startMs);
  const step = seconds * 1_000;
  const first =
    Math.floor((startMs - BUCKET_ORIGIN_MS) / step) * step + BUCKET_ORIGIN_MS;
  const starts =
    (endMs - first) / step > MAX_BUCKETS
      ? [...byStart.keys()].toSorted((a, b) => a - b)
      : Array.from(
          { length: Math.floor((endMs - first) / step) + 1 },
          (_, i) => first + i * step,
        );
  return starts.map((start) => {
    const inBucket = byStart.get(start) ?? [];
    return {
      start: new Date(start).toISOString(),
      total: inBucket.reduce((sum, { count }) => sum + count, 0),
      // What is neither of these has another value of the field, or none.
      counts: Object.fromEntries(
        inBucket.flatMap(({ value, count }) =>
          value === null ? [] : [[value, count]],
        ),
      ),
    };
  });
}
