import { HttpError } from '../http-error';
import { parseTime } from '../v1/parse-time';

/** The parameters of a query by name; one with an empty value counts as not given. */
export interface Parameters<Name extends string> {
  text(name: Name): string | undefined;
  wholeNumber(
    name: Name,
    bounds: { min: number; max: number },
  ): number | undefined;
  /** Milliseconds since 1970. */
  time(name: Name): number | undefined;
  oneOf<T extends string>(name: Name, words: readonly T[]): T | undefined;
  /** A comma list, repeated keys, or both. */
  someOf<T extends string>(name: Name, words: readonly T[]): T[] | undefined;
}

/**
 * Reads the parameters of a query.
 *
 * @param names all that there are
 * @throws HttpError `InputError` for one that does not exist, here, or that is wrong, in each function: its name, what was
 * expected and what came
 * @example
 * readParameters(new URLSearchParams('limit=10'), ['limit']).wholeNumber('limit', { min: 1, max: 100 });
 */
export function readParameters<Name extends string>(
  query: URLSearchParams,
  names: readonly Name[],
): Parameters<Name> {
  for (const name of query.keys())
    if (!(names as readonly string[]).includes(name))
      throw new HttpError(
        'InputError',
        `expected no parameters${names.length > 0 ? ` but ${names.join(', ')}` : ''}, got ${shown(name)}`,
      );

  const text = (name: Name) => {
    const values = query.getAll(name);
    if (values.length > 1)
      throw refused(name, 'given at most once', `${values.length} times`);
    if (values[0]?.includes('\0'))
      throw refused(name, 'without the character U+0000', 'one with it');
    return values[0] || undefined;
  };
  return {
    text,
    wholeNumber(name, { min, max }) {
      const given = text(name);
      if (given === undefined) return undefined;
      const value = /^\d+$/.test(given) ? Number(given) : NaN;
      if (value >= min && value <= max) return value;
      throw refused(name, `a whole number from ${min} to ${max}`, shown(given));
    },
    time(name) {
      const given = text(name);
      if (given === undefined) return undefined;
      const ms = parseTime(given);
      if (ms !== undefined) return ms;
      throw refused(
        name,
        'a time in ISO 8601, in UTC and ending in Z, such as 2026-01-31T23:59:59Z',
        shown(given),
      );
    },
    oneOf<T extends string>(name: Name, words: readonly T[]) {
      const given = text(name);
      if (given === undefined) return undefined;
      const found = words.find((word) => word === given);
      if (found !== undefined) return found;
      throw refused(name, `one of ${words.join(', ')}`, shown(given));
    },
    someOf<T extends string>(name: Name, words: readonly T[]) {
      const given = query
        .getAll(name)
        .flatMap((list) => list.split(','))
        .filter(Boolean);
      const unknown = given.find((word) => !words.some((one) => one === word));
      if (unknown !== undefined)
        throw refused(name, `one of ${words.join(', ')}`, shown(unknown));
      return given.length > 0 ? (given as T[]) : undefined;
    },
  };
}

function refused(name: string, expected: string, actual: string): HttpError {
  return new HttpError(
    'InputError',
    `${name} must be ${expected}, got ${actual}`,
  );
}

/** A stranger's text in a message. */
function shown(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}...` : text);
}
