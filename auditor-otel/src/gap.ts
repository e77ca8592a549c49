import { emptyJsonObject, severityLevels, uuidv7 } from 'audit-event';
import type { JsonObject, SeverityLevel } from 'audit-event';
import { makeEvent } from './make-event';
import type { EventDraft } from './make-event';

/** A run of records of which some were dropped. */
export interface Gap {
  fromSequence: number;
  toSequence: number;
  dropped: Record<SeverityLevel, number>;
}

/** Remembers which records were dropped, until a record can say so. */
export interface GapKeeper {
  note(sequence: number, level: SeverityLevel): void;
  /** What was dropped since the last call; undefined when nothing was. */
  take(): Gap | undefined;
  /** Remembers again what could not be told after all. */
  putBack(gap: Gap): void;
}

/** A keeper that remembers one gap, from the first to the last record that was dropped. */
export function createGapKeeper(): GapKeeper {
  let gap: Gap | undefined;
  return {
    note(sequence, level) {
      gap ??= {
        fromSequence: sequence,
        toSequence: sequence,
        dropped: { low: 0, medium: 0, high: 0, critical: 0 },
      };
      gap.fromSequence = Math.min(gap.fromSequence, sequence);
      gap.toSequence = Math.max(gap.toSequence, sequence);
      gap.dropped[level] += 1;
    },
    take() {
      const taken = gap;
      gap = undefined;
      return taken;
    },
    putBack(told) {
      if (gap) {
        told.fromSequence = Math.min(told.fromSequence, gap.fromSequence);
        told.toSequence = Math.max(told.toSequence, gap.toSequence);
        for (const level of severityLevels)
          told.dropped[level] += gap.dropped[level];
      }
      gap = told;
    },
  };
}

/** The record that tells of a gap: `audit-log.stream-gap`, high, so that no other record displaces it. */
export function gapEvent(
  gap: Gap,
  serviceName: string,
  time: bigint,
): EventDraft {
  const dropped = emptyJsonObject();
  for (const level of severityLevels)
    if (gap.dropped[level] > 0) dropped[level] = gap.dropped[level];
  const { fromSequence, toSequence } = gap;
  const meta: JsonObject = { fromSequence, toSequence, dropped };
  return makeEvent({
    id: uuidv7(),
    operationId: uuidv7(),
    time,
    pluginId: 'audit-log',
    eventId: 'stream-gap',
    severity: 'high',
    status: 'failed',
    actor: { type: 'service', id: serviceName },
    meta: { meta, truncated: false },
    error: {
      type: 'QueueFullError',
      message: 'audit records were dropped because the queue was full',
    },
  });
}
