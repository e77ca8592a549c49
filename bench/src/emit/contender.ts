import type { Operation } from './real-operations';

/** An auditor to measure. */
export interface Contender<Options = unknown> {
  /** What the application would pass to `createEvent`; not measured. */
  prepare(operation: Operation): Options;
  createEvent(options: Options): Promise<Begun>;
  close(): Promise<unknown>;
}

/** What `createEvent` resolves with. */
export interface Begun {
  success(options: {
    meta?: Record<string, unknown> | undefined;
  }): Promise<unknown>;
}
