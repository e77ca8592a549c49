/** How the process ends unless it is killed before. */
export type Ending = 'close' | 'exit' | 'deliver';

/** What the emitting process is told, as JSON in its first argument. */
export interface EmitOptions {
  seed: number;
  /** Nanoseconds since 1970. */
  startedAt: string;
  process: number;
  endpoint: string;
  directory: string;
  /** How many records it makes before it ends. */
  records: number;
  ending: Ending;
}

/** The line before its end; each other line is the number of a record that is spooled. */
export const ENDING = 'ending';
export const SERVICE_NAME = 'chaos';
