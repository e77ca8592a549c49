import type { SeverityLevel } from 'audit-event';

/** What became of the records so far: emitted = sent - sentOfOthers + refused + dropped + what is still in the outbox. */
export interface Tally {
  emitted: number;
  sent: number;
  /** Sent that a process before this one made. */
  sentOfOthers: number;
  /** The receiver will not take these. */
  refused: number;
  /** There was no room for these. */
  dropped: Record<SeverityLevel, number>;
}

/** A tally of nothing. */
export function newTally(): Tally {
  return {
    emitted: 0,
    sent: 0,
    sentOfOthers: 0,
    refused: 0,
    dropped: { low: 0, medium: 0, high: 0, critical: 0 },
  };
}
