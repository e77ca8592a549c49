import { isJsonObject, uuidFromName } from 'audit-event';
import type { AuditEvent } from 'audit-event';
import { planRecord } from '../../emitter/plan-record';
import type { PlannedEvent, RecordPlace } from '../../emitter/plan-record';
import type { Origin } from '../../load/plan-request';

/** Which event of which emitting process, and what its clock said. */
export interface EventPlace extends RecordPlace {
  /** Nanoseconds since 1970. */
  at: string;
}

/** The n-th event of a process: the same one whenever it is asked for, so that nobody has to keep what was emitted. */
export function planEvent(origin: Origin, place: EventPlace): PlannedEvent {
  const record = planRecord(origin, place);
  return {
    ...record,
    time: BigInt(place.at),
    meta: { ...record.meta, place: { ...place } },
  };
}

/** The id of the n-th event of a process. */
export function plannedId(seed: number, { process, n }: RecordPlace): string {
  return uuidFromName(`${seed} ${process} ${n}`);
}

/** Where an event that arrived comes from; undefined when it does not say. */
export function eventPlaceOf({ meta }: AuditEvent): EventPlace | undefined {
  const place = meta['place'];
  if (place === undefined || !isJsonObject(place)) return undefined;
  const { process, n, at } = place;
  return typeof process === 'number' &&
    typeof n === 'number' &&
    typeof at === 'string' &&
    /^\d+$/.test(at)
    ? { process, n, at }
    : undefined;
}
