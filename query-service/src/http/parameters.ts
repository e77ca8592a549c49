import { HttpError } from '../http-error';
import type { Bounds, ParameterTable } from './parameter-table';
import { parseTime, TIME_FORM } from './parse-time';
import { refusedValue, shown } from './refused-value';

/** The parameters of a query by name; one with an empty value counts as not given. */
export interface Parameters<Name extends string> {
  text(name: Name): string | undefined;
  wholeNumber(name: Name, bounds: Bounds): number | undefined;
  /** Milliseconds since 1970. */
  time(name: Name): number | undefined;
  oneOf<T extends string>(name: Name, words: readonly T[]): T | undefined;
  /** A comma list, repeated keys, or both; each word once. */
  someOf<T extends string>(name: Name, words: readonly T[]): T[] | undefined;
}

/**
 * Reads the parameters of a query that has no others.
 *
 * @param table all that there are
 * @throws HttpError `InputError` for one that does not exist, here, or that is wrong, in each function: its name, what was
 * expected and what came
 * @example
 * readParameters(new URLSearchParams('limit=10'), { limit: limitParameter }).wholeNumber('limit', { min: 1, max: 100 });
 */
export function readParameters<Name extends string>(
  query: URLSearchParams,
  table: ParameterTable<Name>,
): Parameters<Name> {
  const names = Object.keys(table);
  for (const name of query.keys())
    if (!names.includes(name))
      throw new HttpError(
        'InputError',
        `expected no parameters${names.length > 0 ? ` but ${names.join(', ')}` : ''}, got ${shown(name)}`,
      );
  return parametersOf(query);
}

/** The same for a query that may have others. */
export function parametersOf<Name extends string>(
  query: URLSearchParams,
): Parameters<Name> {
  const text = (name: Name) => {
    const values = query.getAll(name);
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
  };
  return {
    text,
    wholeNumber(name, { min, max }) {
      const given = text(name);
      if (given === undefined) return undefined;
      const value = /^\d+$/.test(given) ? Number(given) : NaN;
      if (value >= min && value <= max) return value;
      throw refusedValue(name, `a whole number from ${min} to ${max}`, given);
    },
    time(name) {
      const given = text(name);
      if (given === undefined) return undefined;
      const ms = parseTime(given);
      if (ms !== undefined) return ms;
      throw refusedValue(name, TIME_FORM, given);
    },
    oneOf<T extends string>(name: Name, words: readonly T[]) {
      const given = text(name);
      if (given === undefined) return undefined;
      const found = words.find((word) => word === given);
      if (found !== undefined) return found;
      throw refusedValue(name, `one of ${words.join(', ')}`, given);
    },
    someOf<T extends string>(name: Name, words: readonly T[]) {
      const given = query
        .getAll(name)
        .flatMap((list) => list.split(','))
        .filter(Boolean);
      const unknown = given.find((word) => !words.some((one) => one === word));
      if (unknown !== undefined)
        throw refusedValue(name, `one of ${words.join(', ')}`, unknown);
      return given.length > 0 ? [...new Set(given as T[])] : undefined;
    },
  };
}
