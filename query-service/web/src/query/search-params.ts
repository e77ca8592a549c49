import { fields, isFieldName } from './fields';
import { addValue, isFilterable } from './search';
import type { Search } from './search';

/** A phrase in quotes, or what stands between spaces: as the API reads `q`. */
const TERM = /"([^"]*)"|(\S+)/g;

/** A search as the API, and the address of the page, have it. */
export function paramsOf({ filters, terms }: Search): [string, string][] {
  const pairs = filters.flatMap(({ field, isNegated, values }) =>
    values.map((value): [string, string] => [
      isNegated ? `${field}!` : field,
      value,
    ]),
  );
  if (terms.length === 0) return pairs;
  const q = terms.map((term) => (/\s/.test(term) ? `"${term}"` : term));
  return [...pairs, ['q', q.join(' ')]];
}

/** The search that an address has; what is no filter is not looked at. */
export function searchOf(params: Iterable<[string, string]>): Search {
  let search: Search = { filters: [], terms: [] };
  for (const [name, value] of params) {
    if (name === 'q') search = { ...search, terms: termsOf(value) };
    const isNegated = name.endsWith('!');
    const field = isNegated ? name.slice(0, -1) : name;
    if (!isFilterable(field)) continue;
    const values = valuesOf(field, value);
    if (values.length > 0)
      search = addValue(search, { field, isNegated, values });
  }
  return search;
}

function termsOf(q: string): string[] {
  return [...q.matchAll(TERM)]
    .map(([, phrase, word]) => (phrase ?? word ?? '').replaceAll('"', ''))
    .filter((term) => term.trim() !== '');
}

function valuesOf(field: string, value: string): string[] {
  const isList =
    field === 'has' || (isFieldName(field) && fields[field].kind === 'word');
  return (isList ? value.split(',') : [value]).filter(Boolean);
}
