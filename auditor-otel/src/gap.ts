import { severityLevels } from 'audit-event';
import type { SeverityLevel } from 'audit-event';
import { GAP_MAX_RANGES } from './limits';
import { zeroByLevel } from './zero-by-level';

/** Sequences from the first to the second, both included. */
export type Range = [from: number, to: number];

/** Records that were lost. */
export interface Gap {
  /** In order, without overlaps. */
  ranges: Range[];
  /** Whether some of the ranges span records that were not lost, because there were too many ranges. */
  isCoarse: boolean;
  dropped: Record<SeverityLevel, number>;
  /** Why, each once. */
  reasons: string[];
}

/** Remembers which records were lost, until a record can say so. */
export interface GapKeeper {
  note(sequence: number, level: SeverityLevel, reason: string): void;
  /** What was lost since the last call; undefined when nothing was. */
  take(): Gap | undefined;
  /** Remembers again what could not be told after all. */
  putBack(gap: Gap): void;
}

/** A keeper of at most a thousand ranges. */
export function createGapKeeper(): GapKeeper {
  let gap: Gap | undefined;

  function tidy(target: Gap): void {
    const { ranges, isCoarse } = mergeRanges(target.ranges, GAP_MAX_RANGES);
    target.ranges = ranges;
    target.isCoarse ||= isCoarse;
  }

  return {
    note(sequence, level, reason) {
      gap ??= {
        ranges: [],
        isCoarse: false,
        dropped: zeroByLevel(),
        reasons: [],
      };
      gap.dropped[level] += 1;
      if (!gap.reasons.includes(reason)) gap.reasons.push(reason);
      const last = gap.ranges.at(-1);
      if (last && sequence === last[1] + 1) last[1] = sequence;
      else gap.ranges.push([sequence, sequence]);
      // Now and then, so that each record costs little.
      if (gap.ranges.length > 4 * GAP_MAX_RANGES) tidy(gap);
    },
    take() {
      const taken = gap;
      gap = undefined;
      if (taken) tidy(taken);
      return taken;
    },
    putBack(told) {
      if (gap) {
        told.ranges.push(...gap.ranges);
        told.isCoarse ||= gap.isCoarse;
        told.reasons = [...new Set([...told.reasons, ...gap.reasons])];
        for (const level of severityLevels)
          told.dropped[level] += gap.dropped[level];
      }
      gap = told;
    },
  };
}

/**
 * Ranges in order, those that touch made one. Where more than `max` are left, those with the least between them are made one too.
 *
 * @example
 * mergeRanges([[4, 4], [1, 2], [3, 3]], 10); // { ranges: [[1, 4]], isCoarse: false }
 */
export function mergeRanges(
  ranges: readonly Range[],
  max: number,
): { ranges: Range[]; isCoarse: boolean } {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const exact = join(sorted, 0);
  if (exact.length <= max) return { ranges: exact, isCoarse: false };
  const distances = exact
    .slice(1)
    .map((range, i) => range[0] - exact[i]![1] - 1)
    .sort((a, b) => a - b);
  return {
    ranges: join(exact, distances[exact.length - max - 1]!),
    isCoarse: true,
  };
}

/** Makes one of ranges with at most so many sequences between them. */
function join(sorted: readonly Range[], between: number): Range[] {
  const joined: Range[] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (last && from <= last[1] + 1 + between) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
