import { matchSegment } from './match-segment';

/** A compiled pattern: whether a text matches it. */
export type Glob = (text: string) => boolean;

/** A segment of any number of segments. */
const ANY_SEGMENTS = '**';

/**
 * Compiles a pattern as minimatch reads it (with nobrace, noext, nocomment, nonegate, dot): `*` is any run of
 * characters within one `/` segment, `?` one of them, a segment `**` any number of segments; all else stands for itself.
 * The whole text must match, case counts, a segment that is only `*` wants at least one character, slashes in a row
 * count as one and a slash at the end of the text is forgiven.
 *
 * Pattern and text are walked with two pointers that go back to the last star only, so the time is bounded by their
 * product. A regular expression made of the pattern would take exponential time on `*a*a*a*b`.
 *
 * @example
 * const isPlugin = compileGlob('plugin:*');
 * isPlugin('plugin:search'); // true
 */
export function compileGlob(pattern: string): Glob {
  if (pattern === '') return (text) => text === '';
  const segments = segmentsOf(pattern);
  return (text) => {
    const parts = segmentsOf(text);
    if (matchSegments(parts, parts.length, segments)) return true;
    const isOpen = parts.length > 1 && parts.at(-1) === '';
    return isOpen && matchSegments(parts, parts.length - 1, segments);
  };
}

function segmentsOf(text: string): string[] {
  return text.split(/\/+/);
}

/** Whether the first `count` segments of a text match: `matchSegment` one level up. */
function matchSegments(
  text: readonly string[],
  count: number,
  pattern: readonly string[],
): boolean {
  let p = 0;
  let afterStar = -1;
  let starEnd = 0;
  for (let t = 0; t < count;) {
    const segment = pattern[p];
    if (segment === ANY_SEGMENTS) {
      // At the end it wants at least one segment, and here is one.
      if (++p === pattern.length) return true;
      afterStar = p;
      starEnd = t;
    } else if (segment !== undefined && matchSegment(text[t]!, segment)) {
      t++;
      p++;
    } else if (afterStar >= 0) {
      p = afterStar;
      t = ++starEnd;
    } else return false;
  }
  return p === pattern.length;
}
