import { uuidFromName } from 'audit-event';
import type { AuditEvent, EventSource } from 'audit-event';
import { oneOf, seededRandom } from '../seeded-random';
import type { Random } from '../seeded-random';
import { makeEvent, sourceOf } from './make-event';

/** What everything that is sent is made from. */
export interface Origin {
  seed: number;
  /** Nanoseconds since 1970: the events are of about this time. */
  startedAt: bigint;
}

/** What must become of a record. */
export type Fate = 'stored' | 'excluded' | 'quarantined';

export interface PlannedRecord {
  fate: Fate;
  event: AuditEvent;
}

export interface PlannedRequest {
  source: EventSource;
  encoding: 'protobuf' | 'json';
  isCompressed: boolean;
  records: PlannedRecord[];
}

const MAX_RECORDS = 512;
const EXCLUDED = 0.08;
const POISON = 0.01;

/** The rules of the receiver's file. Beside them the two default rules of the database are in force. */
export const RULES_FILE = `excludeRules:
  - actorId: service:chaos-probe
`;

/** Actors and events that a rule excludes: one of the file, one of the database. */
const EXCLUDED_EVENTS = [
  { actorId: 'service:chaos-probe', eventId: 'ping' },
  { actorId: 'plugin:chaos', eventId: 'entity-fetch' },
];

/**
 * The n-th request of a sender: the same one whenever it is asked for, so that nobody has to keep what was sent.
 *
 * @param sender even ones send protobuf, odd ones JSON
 */
export function planRequest(
  origin: Origin,
  sender: number,
  n: number,
): PlannedRequest {
  const random = seededRandom(origin.seed, 'request', sender, n);
  const source = sourceOf(sender);
  const count = Math.ceil(MAX_RECORDS * random() ** 3) || 1;
  return {
    source,
    encoding: sender % 2 === 0 ? 'protobuf' : 'json',
    isCompressed: random() < 0.5,
    records: Array.from({ length: count }, (_, i) => {
      const id = uuidFromName(`${origin.seed} ${sender} ${n} ${i}`);
      const event = makeEvent(random, id, origin.startedAt, source);
      return planRecord(random, event);
    }),
  };
}

function planRecord(random: Random, event: AuditEvent): PlannedRecord {
  const chance = random();
  if (chance < POISON) return { fate: 'quarantined', event };
  if (chance > POISON + EXCLUDED) return { fate: 'stored', event };
  const { actorId, eventId } = oneOf(random, EXCLUDED_EVENTS);
  const actor = { ...event.actor, type: 'service' as const, id: actorId };
  return { fate: 'excluded', event: { ...event, eventId, actor } };
}
