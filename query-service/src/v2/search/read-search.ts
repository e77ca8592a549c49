import { fieldNames } from 'audit-event/store';
import type { EventSearch, FieldName } from 'audit-event/store';
import { HttpError } from '../../http-error';
import { readParameters } from '../../http/parameters';
import type { ParameterTable } from '../../http/parameter-table';
import type { Parameters } from '../../http/parameters';
import { fieldValue, textValue } from './field-value';
import { metaPath } from './meta-path';
import { refusedValue } from '../../http/refused-value';
import { rangeIn } from '../../http/range';
import type { Range } from '../../http/range';
import { boundNames, boundParameters } from './search-parameters';
import type { BoundName } from './search-parameters';
import { readTerms } from './terms';

/** Values of all filters of a query together. */
const MAX_VALUES = 200;

/** Behind a name: none of the values. `status!=failed` reads as it is meant. */
const NEGATION = '!';
const META = 'meta.';

export interface SearchQuery<Name extends string> {
  search: EventSearch;
  /** The parameters that say something else than what to find. */
  params: Parameters<Name>;
  /** What to find as text, the same for the same query: the range counts only where it was given. */
  fingerprint: string;
}

/**
 * The search that a query asks for. Filters are the names of fields, repeated for several values, with `!` behind the name for
 * none of them; `meta.path` for what is in meta; `has` and `has!` for fields that are there or not.
 *
 * @param table of the parameters that the route has beside these
 * @param range where to search when the query does not say so
 * @throws HttpError `InputError` for a parameter that does not exist or is wrong: its name, what was expected and what came
 * @example
 * readSearch(new URLSearchParams('status!=succeeded&actor_id=user:default/*'), { limit: limitParameter }, lastDays());
 */
export function readSearch<Name extends string>(
  query: URLSearchParams,
  table: ParameterTable<Name>,
  range: Range,
): SearchQuery<Name> {
  const { filters, rest } = split(query);
  const params = readParameters(rest, {
    ...boundParameters,
    ...table,
  });
  const values = [...filters.values()].flat();
  if (values.length > MAX_VALUES)
    throw new HttpError(
      'InputError',
      `expected at most ${MAX_VALUES} values of filters, got ${values.length}`,
    );
  const search: EventSearch = {
    ...rangeIn(params, range),
    ...recordedRange(params),
    fields: [],
    meta: [],
    presence: [],
    terms: readTerms(params.text('q')),
  };
  for (const [name, given] of filters) addFilter(search, name, given);
  return { search, params, fingerprint: fingerprintOf(filters, params) };
}

/** The filters with their values, and all else. */
function split(query: URLSearchParams) {
  const filters = new Map<string, string[]>();
  const rest = new URLSearchParams();
  for (const [name, value] of query) {
    const field = withoutNegation(name);
    const isFilter =
      field === 'has' || field.startsWith(META) || isField(field);
    if (!isFilter) rest.append(name, value);
    else if (value !== '')
      filters.set(name, [...(filters.get(name) ?? []), value]);
  }
  return { filters, rest };
}

type Filters = { -readonly [Key in keyof EventSearch]: EventSearch[Key] };

function addFilter(search: Filters, name: string, given: string[]): void {
  const isNegated = name.endsWith(NEGATION);
  const field = withoutNegation(name);
  if (given.some((value) => value.includes('\0')))
    throw new HttpError(
      'InputError',
      `${name} must not contain the character U+0000`,
    );
  if (field === 'has')
    search.presence = [
      ...search.presence,
      ...given
        .flatMap((list) => list.split(','))
        .map((word) => ({ field: fieldIn('has', word), isNegated })),
    ];
  else if (isField(field))
    search.fields = [
      ...search.fields,
      {
        field,
        isNegated,
        values: given.flatMap((value) => fieldValue(field, value)),
      },
    ];
  else
    search.meta = [
      ...search.meta,
      {
        path: metaPath(field.slice(META.length)),
        isNegated,
        values: given.map(textValue),
      },
    ];
}

function recordedRange(
  params: Parameters<'recorded_start_time' | 'recorded_end_time'>,
): Pick<EventSearch, 'recordedStartMs' | 'recordedEndMs'> {
  return {
    recordedStartMs: params.time('recorded_start_time'),
    recordedEndMs: params.time('recorded_end_time'),
  };
}

function fingerprintOf(
  filters: Map<string, string[]>,
  params: Parameters<BoundName>,
): string {
  return JSON.stringify([
    [...filters].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    boundNames.map((name) => params.text(name) ?? null),
  ]);
}

/** A name of a field, in the value of a parameter. */
export function fieldIn(parameter: string, word: string): FieldName {
  if (isField(word)) return word;
  throw refusedValue(parameter, `one of ${fieldNames.join(', ')}`, word);
}

function isField(name: string): name is FieldName {
  return (fieldNames as readonly string[]).includes(name);
}

function withoutNegation(name: string): string {
  return name.endsWith(NEGATION) ? name.slice(0, -1) : name;
}
