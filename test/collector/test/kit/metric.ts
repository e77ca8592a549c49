/**
 * The sum of a metric, over all its attributes, in what a Prometheus exporter says; 0 when it does not say it.
 *
 * @param where a text that the attributes of the line must have, such as `exporter="otlp_grpc/backend"`
 */
export function metricOf(text: string, name: string, where = ''): number {
  return text
    .split('\n')
    .filter(
      (line) =>
        /[{ ]/.test(line[name.length] ?? '') &&
        line.startsWith(name) &&
        line.includes(where),
    )
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
