import { fields, isFieldName } from './fields';
import type { Filter, Search } from './search';

/** A search as the query line shows it; `parseLine` reads the same search out of it. */
export function formatLine({ filters, terms }: Search): string {
  return [...filters.map(formatFilter), ...terms.map(formatTerm)].join(' ');
}

/** One filter of the line: `-plugin:catalog,"my plugin"`. */
export function formatFilter({ field, isNegated, values }: Filter): string {
  const list = values.map((value) => formatValue(field, value)).join(',');
  return `${isNegated ? '-' : ''}${formatKey(field)}:${list}`;
}

/** A value as it stands behind a key. */
export function formatValue(field: string, value: string): string {
  if (field === 'has' && isFieldName(value)) return fields[value].key;
  return /[\s,"]/.test(value) ? quoted(value) : value;
}

function formatKey(field: string): string {
  if (isFieldName(field)) return fields[field].key;
  return /[\s:"]/.test(field) ? quoted(field) : field;
}

function formatTerm(term: string): string {
  return /[\s:"]|^-/.test(term) ? quoted(term) : term;
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
