import {
  emptyJsonObject,
  OWN_PLUGIN_ID,
  severityLevels,
  streamEvent,
  uuidv7,
} from 'audit-event';
import type { SeverityLevel, Status } from 'audit-event';
import type { Gap } from './gap';
import { makeEvent } from './make-event';
import type { EventDraft } from './make-event';

/** Makes the events that a stream says of itself. */
export interface OwnEvents {
  /** The first of a stream. `previousStreamId` is the one that began before it on this spool. */
  streamStart(previousStreamId: string | undefined): EventDraft;
  /** The last of a stream that ends as it should. */
  streamEnd(): EventDraft;
  /** Records were lost. */
  streamGap(gap: Gap): EventDraft;
}

/** Events of the process of this service. */
export function createOwnEvents(
  serviceName: string,
  now: () => bigint,
): OwnEvents {
  const event = (
    eventId: string,
    severity: SeverityLevel,
    status: Status,
    meta: object,
    message?: string,
  ): EventDraft =>
    makeEvent({
      id: uuidv7(),
      operationId: uuidv7(),
      time: now(),
      pluginId: OWN_PLUGIN_ID,
      eventId,
      severity,
      status,
      actor: { type: 'service', id: serviceName },
      meta: { meta: Object.assign(emptyJsonObject(), meta), truncated: false },
      error:
        message === undefined ? undefined : { type: 'AuditGapError', message },
    });
  return {
    streamStart: (previousStreamId) =>
      event(
        streamEvent.start,
        'low',
        'succeeded',
        previousStreamId === undefined ? {} : { previousStreamId },
      ),
    streamEnd: () => event(streamEvent.end, 'low', 'succeeded', {}),
    streamGap({ ranges, isCoarse, dropped, reasons }) {
      const counts = severityLevels.filter((level) => dropped[level] > 0);
      const meta = {
        fromSequence: ranges[0]![0],
        toSequence: ranges.at(-1)![1],
        ranges,
        ...(isCoarse ? { isCoarse } : {}),
        dropped: Object.fromEntries(
          counts.map((level) => [level, dropped[level]]),
        ),
        reason: reasons.join('; '),
      };
      return event(
        streamEvent.gap,
        'high',
        'failed',
        meta,
        `audit records were lost: ${meta.reason}`,
      );
    },
  };
}
