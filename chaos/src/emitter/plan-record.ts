import { isJsonObject, uuidFromName } from 'audit-event';
import type { AuditEvent, JsonValue } from 'audit-event';
import type { RecordOptions } from 'auditor-otel';
import { makeEvent, sourceOf } from '../load/make-event';
import type { Origin } from '../load/plan-request';
import { seededRandom } from '../seeded-random';

/** Which record of which emitting process. */
export interface RecordPlace {
  process: number;
  n: number;
}

/** What the caller decides of an event; the rest is the emitter's own. */
export type PlannedEvent = Omit<
  AuditEvent,
  'observedTime' | 'severityNumber' | 'streamId' | 'sequence' | 'source'
>;

/** The n-th record of a process: the same one whenever it is asked for, so that nobody has to keep what was emitted. */
export function planRecord(
  { seed, startedAt }: Origin,
  { process, n }: RecordPlace,
): PlannedEvent {
  const random = seededRandom(seed, 'record', process, n);
  const id = uuidFromName(`${seed} ${process} ${n}`);
  const made = makeEvent(random, id, startedAt, sourceOf(process));
  return {
    ...ofCaller(made),
    operationId: id,
    spanId: made.traceId && made.traceId.slice(16),
    meta: { ...made.meta, place: { process, n } },
  };
}

/** The record as an application has it made. */
export function recordOptionsOf(event: PlannedEvent): RecordOptions {
  const { actionType, entityRef, error, traceId, spanId, ...rest } = event;
  return {
    ...rest,
    meta: { ...rest.meta, actionType, entityRef },
    error: error && { name: error.type, message: error.message },
    trace: traceId && spanId ? { traceId, spanId } : undefined,
  };
}

/** Without what the emitter adds. */
export function ofCaller(event: AuditEvent): PlannedEvent {
  return {
    ...event,
    ...{ observedTime: undefined, severityNumber: undefined },
    ...{ streamId: undefined, sequence: undefined, source: undefined },
  };
}

/** Where a record that arrived comes from; undefined when it does not say. */
export function placeOf({ meta }: AuditEvent): RecordPlace | undefined {
  const place: JsonValue | undefined = meta['place'];
  if (!isJsonObject(place)) return undefined;
  const { process, n } = place;
  return typeof process === 'number' && typeof n === 'number'
    ? { process, n }
    : undefined;
}
