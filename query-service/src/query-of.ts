/** All pairs of a URL's query in their order, however many: Express's own parsers drop those past the thousandth. */
export function queryOf(url: string): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
}
