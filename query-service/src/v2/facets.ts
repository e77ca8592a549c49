import {
  countValues,
  fieldNames,
  isFiltered,
  withoutField,
} from 'audit-event/store';
import type { Facet, FieldName } from 'audit-event/store';
import type { RequestHandler } from 'express';
import { HttpError } from '../http-error';
import { queryOf } from '../query-of';
import { requireReader } from '../reader';
import type { ReaderDeps } from '../reader';
import { anyText, someWords, wholeNumber } from '../http/parameter-table';
import { lastDays } from '../http/range';
import { fieldIn, readSearch } from './search/read-search';

/** Below the plugin. */
export const FACETS_PATH = '/v2/facets';

const DEFAULT_FACETS: readonly FieldName[] = [
  'status',
  'severity_level',
  'plugin_id',
  'event_id',
  'actor_type',
];
const MAX_FACETS = 12;
const DEFAULT_VALUES = 10;
const VALUES = { min: 1, max: 1_000 };

/** Beside the filters. */
export const facetsParameters = {
  field: someWords(`Whose values, up to ${MAX_FACETS}`, fieldNames),
  limit: wholeNumber('Values of a field at most', VALUES, DEFAULT_VALUES),
  contains: anyText('Only values with this in them'),
};

/** `GET /v2/facets`: of each field asked for, how many of the events found have which value. */
export function facetsRoute(deps: ReaderDeps): RequestHandler {
  return async function listFacetsV2(req, res) {
    await requireReader(req, deps);

    const query = queryOf(req.url);
    const fields = fieldsIn(query.getAll('field'));
    query.delete('field');
    const { search, params } = readSearch(query, facetsParameters, lastDays());
    const limit = params.wholeNumber('limit', VALUES) ?? DEFAULT_VALUES;
    const contains = params.text('contains');

    const facets: Partial<Record<FieldName, Facet>> = {};
    await deps.database.inScan(async (db) => {
      const [chosen, free] = [true, false].map((isChosen) =>
        fields.filter((field) => isFiltered(search, field) === isChosen),
      ) as [FieldName[], FieldName[]];
      const options = { limit, contains };
      Object.assign(facets, await countValues(db, search, free, options));
      // What is chosen of a field must not hide what else could be.
      for (const field of chosen) {
        const others = withoutField(search, field);
        Object.assign(facets, await countValues(db, others, [field], options));
      }
    });
    res.json({ facets });
  };
}

function fieldsIn(given: string[]): FieldName[] {
  const words = given.flatMap((list) => list.split(',')).filter(Boolean);
  const fields = new Set(words.map((word) => fieldIn('field', word)));
  if (fields.size > MAX_FACETS)
    throw new HttpError(
      'InputError',
      `field must name at most ${MAX_FACETS} fields, got ${fields.size}`,
    );
  return fields.size > 0 ? [...fields] : [...DEFAULT_FACETS];
}
