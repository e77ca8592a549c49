import { DEFAULT_LIMIT, MAX_LIMIT } from './page-limit';

/** A parameter as OpenAPI 3.1 describes it; by default one of the query that may be left out. */
export interface ParameterDescription {
  description?: string;
  in?: 'query' | 'path' | 'header';
  required?: boolean;
  explode?: boolean;
  schema: object;
}

/** The parameters that there are, by name: what requests are checked by, and what the description of the API is made of. */
export type ParameterTable<Name extends string = string> = Readonly<
  Record<Name, ParameterDescription>
>;

/** A whole number within bounds, both inclusive. */
export interface Bounds {
  min: number;
  max: number;
}

/** Any text that Postgres holds. */
export function anyText(
  description: string,
  more: object = {},
): ParameterDescription {
  // oxlint-disable-next-line no-control-regex -- the one character that is refused
  const schema = { type: 'string', pattern: /^[^\0]*$/.source, ...more };
  return { description, schema };
}

/** A time in UTC, as `parseTime` reads it. */
export function utcTime(description: string): ParameterDescription {
  return {
    description,
    schema: { type: 'string', format: 'date-time', pattern: 'Z$' },
  };
}

export function wholeNumber(
  description: string,
  { min, max }: Bounds,
  fallback: number,
): ParameterDescription {
  const schema = { type: 'integer', minimum: min, maximum: max };
  return { description, schema: { ...schema, default: fallback } };
}

/** One of a few words. */
export function oneWord(
  description: string,
  words: readonly string[],
  fallback?: string,
): ParameterDescription {
  return {
    description,
    schema: {
      type: 'string',
      enum: words,
      ...(fallback !== undefined && { default: fallback }),
    },
  };
}

/** Several words with commas between them, or the name repeated. */
export function someWords(
  description: string,
  words: readonly string[],
): ParameterDescription {
  const items = { type: 'string', enum: words };
  return { description, explode: false, schema: { type: 'array', items } };
}

/** `limit` of a page of rows. */
export const limitParameter = wholeNumber(
  'Rows of a page at most',
  { min: 1, max: MAX_LIMIT },
  DEFAULT_LIMIT,
);

/** `cursor` of a list that has one. */
export const cursorParameter = anyText(
  'next_cursor of the page before; of use for the same filters, order and token',
);

/** `start_time` and `end_time` of a range of which the last days are the default. */
export const rangeParameters = {
  start_time: utcTime('First time, inclusive; 30 days ago when not given'),
  end_time: utcTime('Last time, inclusive; now when not given'),
};
