import type { SeverityLevel } from 'audit-event';
import { zeroByLevel } from './zero-by-level';

/**
 * What became of the records so far. As long as this process took over nothing and lost nothing to another,
 * emitted = sent + refused + dropped + what is still in the outbox: refused ones of others count here too, and what
 * another process took over is not in the outbox any more.
 */
export interface Tally {
  emitted: number;
  sent: number;
  /** Sent that a process before this one made. */
  sentOfOthers: number;
  /** The receiver will not take these, whichever process made them. */
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
    dropped: zeroByLevel(),
  };
}
