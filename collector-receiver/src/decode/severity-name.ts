const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** SEVERITY_NUMBER_TRACE is 1, _TRACE2 2, to _FATAL4 24 (opentelemetry/proto/logs/v1/logs.proto). */
const NUMBER_OF_NAME = new Map<unknown, number>([
  ['SEVERITY_NUMBER_UNSPECIFIED', 0],
  ...LEVELS.flatMap((level, i) =>
    ['', '2', '3', '4'].map(
      (step, j) =>
        [`SEVERITY_NUMBER_${level}${step}`, i * 4 + j + 1] as [string, number],
    ),
  ),
]);

/**
 * The severity number that a proto3 enum name stands for, undefined for anything else.
 *
 * @example
 * severityNumberOfName('SEVERITY_NUMBER_INFO'); // 9
 */
export function severityNumberOfName(name: unknown): number | undefined {
  return NUMBER_OF_NAME.get(name);
}
