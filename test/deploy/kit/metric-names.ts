/**
 * The names of metrics in a PromQL expression: identifiers that are neither functions nor labels nor words of the language. A selector by
 * `__name__` gives the name with its optional end.
 *
 * @example
 * metricNamesOf('sum by (le) (rate(a_bucket[5m]))'); // ['a_bucket']
 */
export function metricNamesOf(expression: string): string[] {
  const byLabel = [...expression.matchAll(/__name__=~"([^"]*)"/g)].map(
    ([, name]) => name!.replace('(_total)?', ''),
  );
  const bare = expression
    .replace(/\{[^{}]*\}/g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, ' ');
  const byName = [...bare.matchAll(/\b[a-z]\w*_\w+\b(?!\s*\()/g)].map(
    ([name]) => name,
  );
  return [...new Set([...byLabel, ...byName])];
}

/** The names of the samples in Prometheus' text format. */
export function sampleNamesOf(text: string): Set<string> {
  return new Set(
    text
      .split('\n')
      .filter((line) => /^\w/.test(line))
      .map((line) => /^\w+/.exec(line)![0]),
  );
}
