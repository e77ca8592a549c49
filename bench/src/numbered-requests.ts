import { toLogRecord } from 'audit-event';
import { protobufEncoding } from 'auditor-otel';
import { ROWS_PER_REQUEST } from './request-bodies';
import { syntheticEvents, syntheticSource } from './synthetic-events';

/**
 * Makes requests cheaply, each with ids of its own that tell the number of the request: one is encoded,
 * the others are its bytes with other ids.
 *
 * @example
 * const requestOf = numberedRequests();
 * requestOf(17); // its ids end in 00000011 and four more digits
 */
export function numberedRequests(): (number: number) => Uint8Array {
  const encoding = protobufEncoding();
  const time = BigInt(Date.now()) * 1_000_000n;
  const events = syntheticEvents(ROWS_PER_REQUEST, time);
  const template = Buffer.from(
    encoding.encodeRequest(
      syntheticSource,
      events.map((event) => encoding.encodeRecord(toLogRecord(event))),
    ),
  );
  const places = events.flatMap(({ id }, index) =>
    positionsOf(template, id).map((position) => ({
      // Of the last twelve digits of the id.
      position: position + id.length - 12,
      index: index.toString(16).padStart(4, '0'),
    })),
  );
  return (number) => {
    const request = Buffer.from(template);
    const digits = number.toString(16).padStart(8, '0');
    for (const { position, index } of places)
      request.write(digits + index, position, 'latin1');
    return request;
  };
}

/** How many records of each request there are in the table. */
export const COUNT_BY_REQUEST = `
  select left(right(id::text, 12), 8) as request, count(*)::integer as records
  from audit.event
  group by 1`;

function positionsOf(bytes: Buffer, text: string): number[] {
  const positions: number[] = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1))
    positions.push(at);
  return positions;
}
