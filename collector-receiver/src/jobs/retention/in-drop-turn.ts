import { BEGIN, inTurn } from 'audit-event/store';
import type { Busy, Queryable } from 'audit-event/store';

/** In one transaction, and only while no other receiver archives or drops months. */
export function inDropTurn<T>(
  db: Queryable,
  work: () => Promise<T>,
): Promise<T | Busy> {
  return inTurn(db, 'audit.tombstone', work, BEGIN);
}
