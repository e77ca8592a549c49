import { isFieldName } from './fields';

/** A condition on one field, as the API takes it: any of the values, or none of them. */
export interface Filter {
  /** A name of the API: of a field, `meta.` with a path, or `has`. */
  field: string;
  isNegated: boolean;
  values: readonly string[];
}

/** What to find: all filters must fit, and all terms occur. One filter at most for a field and its negation each. */
export interface Search {
  filters: readonly Filter[];
  terms: readonly string[];
}

export const EVERYTHING: Search = { filters: [], terms: [] };
export const META = 'meta.';

/** Whether the API can filter by a name. */
export function isFilterable(name: string): boolean {
  return (
    isFieldName(name) ||
    name === 'has' ||
    (name.startsWith(META) && name.length > META.length)
  );
}

/** A value that means just this text: a star at its end would else mean all that begin so. */
export function exactly(value: string): string {
  return value.endsWith('*') ? `${value.slice(0, -1)}\\*` : value;
}

/** The search with one more value of a field. Without it when it was excluded before. */
export function withValue(
  search: Search,
  field: string,
  value: string,
  isNegated = false,
): Search {
  const without = withoutValue(search, field, value, !isNegated);
  return addValue(without, { field, isNegated, values: [value] });
}

/** The search with more values of a filter, each once. */
export function addValue(search: Search, more: Filter): Search {
  const found = search.filters.find(
    ({ field, isNegated }) =>
      field === more.field && isNegated === more.isNegated,
  );
  const values = [...new Set([...(found?.values ?? []), ...more.values])];
  const filter = { ...more, values };
  return {
    ...search,
    filters: found
      ? search.filters.map((one) => (one === found ? filter : one))
      : [...search.filters, filter],
  };
}

export function withoutValue(
  search: Search,
  field: string,
  value: string,
  isNegated = false,
): Search {
  const filters = search.filters.flatMap((filter) => {
    if (filter.field !== field || filter.isNegated !== isNegated)
      return [filter];
    const values = filter.values.filter((one) => one !== value);
    return values.length > 0 ? [{ ...filter, values }] : [];
  });
  return { ...search, filters };
}

/** The search with this value of a field and no other. */
export function withOnly(search: Search, field: string, value: string): Search {
  return withValue(withoutField(search, field), field, value);
}

export function withoutField(search: Search, field: string): Search {
  const filters = search.filters.filter((filter) => filter.field !== field);
  return { ...search, filters };
}

export function hasValue(
  search: Search,
  field: string,
  value: string,
  isNegated = false,
): boolean {
  return search.filters.some(
    (filter) =>
      filter.field === field &&
      filter.isNegated === isNegated &&
      filter.values.includes(value),
  );
}

/** Whether nothing is asked for, so that everything is found. */
export function isEverything({ filters, terms }: Search): boolean {
  return filters.length === 0 && terms.length === 0;
}
