import { COLUMN_LIST, encodeRows } from './columns';
import type { StoreEvents } from './commit-batch';

/** Takes the rows of `encodeRows`. */
export const COPY_EVENTS = `copy audit.event (${COLUMN_LIST}) from stdin (format binary)`;

/**
 * Stores events by COPY straight into the table, all or nothing: a single duplicate or bad row fails the statement.
 * Measured on two cores with four indexes: 61,000 rows/s against 51,000 for staging-then-insert and for unnest.
 */
export const copyStraight: StoreEvents = async (db, events, context) => {
  if (events.length > 0)
    await db.copyIn(COPY_EVENTS, encodeRows(events, context));
  return { stored: events.length, refused: [] };
};
