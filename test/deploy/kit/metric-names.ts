/**
 * The names of metrics in a PromQL expression: what is neither function, label nor word of the language. A selector by `__name__` gives
 * the name without its optional end.
 *
 * @example
 * metricNamesOf('sum by (le) (rate(a_bucket[5m]))'); // ['a_bucket']
 */
export function metricNamesOf(expression: string): string[] {
  const byLabel = [...expression.matchAll(/__name__=~"([^"]*)"/g)].map(
    ([, name]) => name!.replace('(_total)?', ''),
  );
  const bare = expression
    .replaceAll(/\{[^{}]*\}/g, ' ')
    .replaceAll(/\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, ' ');
  const byName = [...bare.matchAll(/\b[a-z]+_\w+\b(?!\s*\()/g)].map(
    ([name]) => name,
  );
  return [...new Set([...byLabel, ...byName])];
}

/** The names of the samples that the metrics of a text in Prometheus' format have, those that have none yet included. */
export function exportedNames(text: string): Set<string> {
  const names = new Set<string>();
  for (const [, name, type] of text.matchAll(/^# TYPE (\w+) (\w+)$/gm))
    for (const end of type === 'histogram'
      ? ['_bucket', '_sum', '_count']
      : [''])
      names.add(name! + end);
  return names;
}
