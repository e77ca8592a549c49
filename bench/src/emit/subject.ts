import type { EmittingOptions } from './emitting-process';

/** A way to emit events that is measured. */
export interface Subject {
  /** Begins the n-th event; what it resolves with ends it, and resolves when the event is kept. */
  begin(n: number): Promise<() => Promise<unknown>>;
  /** As an application does that shuts down in good order. */
  close(): Promise<unknown>;
}

export type MakeSubject = (options: EmittingOptions) => Subject;
