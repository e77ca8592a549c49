/** What a steadily emitting process is told, as JSON in its first argument. */
export interface SteadyOptions {
  seed: number;
  /** Nanoseconds since 1970. */
  startedAt: string;
  process: number;
  endpoint: string;
  token: string;
  directory: string;
  /** Events per second; with 0 it only delivers what others left. */
  rate: number;
  /** Where auditor-otel is loaded from. */
  auditorModule: string;
}
