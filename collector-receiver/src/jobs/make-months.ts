import { ensureMonth, monthsAhead } from 'audit-event/store';
import type { Queryable } from 'audit-event/store';

/** Makes the partitions of this month and the next ones. A month that is not made ahead is made when its first event comes. */
export async function makeMonths(db: Queryable): Promise<void> {
  for (const month of monthsAhead(new Date())) await ensureMonth(db, month);
}
