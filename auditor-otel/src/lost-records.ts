import type { Diagnose } from './diagnostics';
import type { GapKeeper } from './gap';
import type { Frame } from './outbox';
import type { Tally } from './tally';

/**
 * Counts a record that was lost, says it, and remembers it for the record that tells of the gap.
 *
 * @param reason one of a few
 * @param detail what is said beside it
 */
export type NoteLost = (
  frame: Pick<Frame, 'sequence' | 'severityLevel'>,
  reason: string,
  detail?: string,
) => void;

/** A `NoteLost` of one stream. */
export function createNoteLost(
  tally: Tally,
  gaps: GapKeeper,
  diagnose: Diagnose,
): NoteLost {
  return ({ sequence, severityLevel }, reason, detail = reason) => {
    tally.dropped[severityLevel] += 1;
    gaps.note(sequence, severityLevel, reason);
    diagnose('dropped', `dropped a ${severityLevel} audit record: ${detail}`);
  };
}
