import { fieldOfKey } from './fields';
import { addValue, EVERYTHING, isFilterable } from './search';
import type { Filter, Search } from './search';
import { tokensOf } from './tokens';
import type { Token } from './tokens';
import { valueProblem } from './value-problem';

/** A mistake in the query line, and where: in characters from its beginning. */
export interface Problem {
  from: number;
  to: number;
  message: string;
}

/** Most words and phrases, as the API bounds them. */
const MAX_TERMS = 8;

/**
 * Reads the query line. What is wrong is left out of the search and told of.
 *
 * @example
 * parseLine('plugin:catalog -status:succeeded "not allowed"').search;
 */
export function parseLine(line: string): {
  search: Search;
  problems: Problem[];
} {
  const problems: Problem[] = [];
  let search = EVERYTHING;
  for (const token of tokensOf(line)) {
    const message = problemOf(token, search.terms.length);
    if (message !== undefined)
      problems.push({ from: token.from, to: token.to, message });
    else if (token.key === undefined)
      search = { ...search, terms: [...search.terms, token.values[0]!] };
    else search = addValue(search, filterOf(token));
  }
  return { search, problems };
}

/** The name in the API of what stands before a colon. */
export function fieldOf(key: string): string | undefined {
  return fieldOfKey(key) ?? (isFilterable(key) ? key : undefined);
}

function problemOf(token: Token, terms: number): string | undefined {
  const { key, values, isNegated, isOpen, text } = token;
  if (isOpen) return 'A closing quotation mark is missing';
  if (key === undefined) {
    if (isNegated)
      return `Text cannot be excluded; put a key behind the minus, such as -plugin:${values[0]}`;
    if (values[0]!.includes('"'))
      return 'Text to look for cannot have a quotation mark in it';
    if (values[0]!.trim() === '')
      return 'There is no text between the quotation marks';
    return terms >= MAX_TERMS
      ? `At most ${MAX_TERMS} words or phrases can be looked for at once`
      : undefined;
  }
  const field = fieldOf(key);
  if (field === undefined)
    return `There is no key "${key}"; to look for it as text, write "${text}" in quotation marks`;
  if (values.length === 0 || values.includes(''))
    return `A value is missing behind ${key}:`;
  return values
    .map((value) => valueProblem(field, value))
    .find((problem) => problem !== undefined);
}

function filterOf({ key, isNegated, values }: Token): Filter {
  const field = fieldOf(key!)!;
  return {
    field,
    isNegated,
    values:
      field === 'has' ? values.map((value) => fieldOfKey(value)!) : values,
  };
}
