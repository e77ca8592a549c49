import type { EventRowV1, PageV1 } from 'audit-event/store';

/**
 * The answer of v1 as JSON text, fields in the order of the contract. `meta` is copied, not parsed: a number that
 * JavaScript cannot hold reaches the client as it was stored.
 */
export function pageBody(
  { rows, total }: { rows: readonly EventRowV1[]; total: number },
  { limit, offset }: PageV1,
): string {
  const data = rows.map(eventJson).join(',');
  return `{"data":[${data}],"total":${total},"limit":${limit},"offset":${offset}}`;
}

/** One event as JSON text. */
export function eventJson({ meta, ...event }: EventRowV1): string {
  return `${JSON.stringify(event).slice(0, -1)},"meta":${meta}}`;
}
