import type { DoneFault } from '../faults/run-faults';

/** How long it took to recover from one kind of fault, in milliseconds. */
export interface RecoveryTimes {
  kind: string;
  faults: number;
  /** Of those after which recovery was seen before the load ended; of two in the middle the shorter one. */
  medianMs: number | undefined;
  maxMs: number | undefined;
}

/** Recovery times by kind of fault, in the order of their names. */
export function recoveryTimes(faults: readonly DoneFault[]): RecoveryTimes[] {
  const byKind = Map.groupBy(faults, ({ kind }) => kind);
  return [...byKind]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, all]) => {
      const times = all
        .flatMap(({ recoveredMs }) => recoveredMs ?? [])
        .toSorted((a, b) => a - b);
      return {
        ...{ kind, faults: all.length },
        medianMs: times[Math.floor((times.length - 1) / 2)],
        maxMs: times.at(-1),
      };
    });
}
