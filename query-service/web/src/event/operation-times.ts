import { durationOf } from '../explorer/list/columns';
import type { AuditEvent, FoundEvent } from '../api/types';

/** The records of an operation that an event is one of. */
export interface Operation {
  /** Undefined when there is none of it, or it is not known. */
  began: AuditEvent | undefined;
  ended: AuditEvent | undefined;
  /** From its beginning to its outcome, in milliseconds, as far as the records or their ids tell it. */
  tookMs: number | undefined;
}

/** When the operation of an event began and ended. */
export function operationOf({
  event,
  operation,
}: Pick<FoundEvent, 'event' | 'operation'>): Operation {
  const all: AuditEvent[] = [event, ...operation.events];
  const began = all.find(({ status }) => status === 'initiated');
  const ended = all.find(({ status }) => status !== 'initiated');
  return { began, ended, tookMs: tookMs(began, ended) ?? durationOf(event) };
}

function tookMs(
  began: AuditEvent | undefined,
  ended: AuditEvent | undefined,
): number | undefined {
  if (!began || !ended) return undefined;
  const ms = Date.parse(ended.event_time) - Date.parse(began.event_time);
  return ms >= 0 ? ms : undefined;
}
