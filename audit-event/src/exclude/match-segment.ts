/**
 * Whether one segment of a text matches one segment of a pattern, in which `*` is any run of characters and `?` one.
 * A pattern of stars alone wants at least one character, as in minimatch.
 *
 * @example
 * matchSegment('plugin:search', 'plugin:*'); // true
 */
export function matchSegment(text: string, pattern: string): boolean {
  let p = 0;
  let afterStar = -1;
  let starEnd = 0;
  for (let t = 0; t < text.length;) {
    const symbol = pattern[p];
    if (symbol === '*') {
      afterStar = ++p;
      starEnd = t;
    } else if (symbol === '?' || (symbol !== undefined && symbol === text[t])) {
      t++;
      p++;
    } else if (afterStar >= 0) {
      // The last star takes one character more; earlier ones never need to.
      p = afterStar;
      t = ++starEnd;
    } else return false;
  }
  if (text === '') return pattern === '';
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
