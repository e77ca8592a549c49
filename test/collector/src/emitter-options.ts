/** What an emitter of the tests does. */
export interface EmitterOptions {
  /** Of OTLP/HTTP: a Collector or a receiver. */
  endpoint: string;
  token: string;
  /** Its `service.name`, and the plugin of its events. */
  service: string;
  /** Of its spool. */
  directory: string;
  /** How many of the events of `nthEvent` it makes. */
  events: number;
  /** Default: as many as go. */
  perSecond?: number | undefined;
}

/** The line that it prints once all its events are made and on its disk. */
export const MADE = 'made';

/** What it prints, as one line of JSON, once all its events were acknowledged. */
export interface EmitterReport {
  /** Events that somebody answered 200 for. */
  acknowledged: number;
  /** From the call to that answer, in milliseconds. */
  latencyMs: { p50: number; p99: number; max: number };
}
