import type { SequenceRange, StreamState } from '../api/health';
import type { Tone } from '../components/state-mark';
import { count } from '../text/count';

/** What each state means, and how it looks. */
export const streamWords: Readonly<
  Record<StreamState, { tone: Tone; label: string; meaning: string }>
> = {
  lost: {
    tone: 'bad',
    label: 'lost',
    meaning: 'another stream names it, and none of its records ever came',
  },
  incomplete: {
    tone: 'bad',
    label: 'incomplete',
    meaning: 'something is missing that no emitter declared lost',
  },
  silent: {
    tone: 'warning',
    label: 'silent',
    meaning:
      'it has not ended and was not heard from for 15 minutes: its last records may be lost',
  },
  'gap-declared': {
    tone: 'warning',
    label: 'gap declared',
    meaning: 'what is missing was declared lost by the emitter',
  },
  complete: {
    tone: 'good',
    label: 'complete',
    meaning: 'it ended in good order, and all of it came',
  },
  live: {
    tone: 'good',
    label: 'live',
    meaning: 'it goes on, and all came up to its last record',
  },
};

/** Sequence numbers in words: `42, 50 to 51`. */
export function printRanges(ranges: readonly SequenceRange[]): string {
  return ranges
    .map(([from, to]) =>
      from === to ? count(from) : `${count(from)} to ${count(to)}`,
    )
    .join(', ');
}

/** How many numbers ranges have. */
export function sizeOf(ranges: readonly SequenceRange[]): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}
