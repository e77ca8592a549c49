import { fieldOf } from './parse-line';
import { tokensOf } from './tokens';

/** What could be completed in the query line at a place. */
export type Completable =
  | { kind: 'key'; from: number; typed: string }
  | { kind: 'value'; from: number; typed: string; field: string };

/** What somebody is writing at a place of the line, in characters from its beginning; undefined for a key that there is not. */
export function completionAt(
  line: string,
  position: number,
): Completable | undefined {
  const before = line.slice(0, position);
  const token = tokensOf(before).at(-1);
  if (!token || token.to < position)
    return { kind: 'key', from: position, typed: '' };
  if (token.key === undefined)
    return {
      kind: 'key',
      from: token.from + (token.isNegated ? 1 : 0),
      typed: token.values[0]!,
    };
  const field = fieldOf(token.key);
  if (field === undefined) return undefined;
  return {
    kind: 'value',
    from: token.valueFrom,
    typed: token.values.at(-1)!,
    field,
  };
}
