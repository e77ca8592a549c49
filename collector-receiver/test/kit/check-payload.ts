import type { HttpRequest } from './http-request';
import { contentTypes, postOf, postRequest } from './otlp-request';
import type { EncodingName } from './otlp-request';
import type { ReceiverOnPostgres, Stored } from './receiver-on-postgres';

/** A payload and what the database has of it. */
export interface PayloadCase {
  /** In protobufjs form, for both encodings. */
  request?: object;
  /** Or bytes of one encoding, where the other cannot say it or says it differently. */
  protobuf?: Uint8Array;
  json?: string;
  /** The events stored, as far as they matter, in order. */
  events?: object[];
  /** The reasons of the quarantined records. */
  quarantined?: string[];
}

/** A row of a table of cases for `it.each`: name, encoding, request, case. */
export type PayloadRow = [string, EncodingName, HttpRequest, PayloadCase];

/** The cases in each encoding that they have. */
export function payloadRows(cases: Record<string, PayloadCase>): PayloadRow[] {
  return Object.entries(cases).flatMap(([name, one]) => {
    const { request, protobuf, json } = one;
    const rows: PayloadRow[] = [];
    if (request || protobuf)
      rows.push([
        name,
        'protobuf',
        request
          ? postRequest('protobuf', request)
          : postOf('protobuf', protobuf!),
        one,
      ]);
    if (request || json)
      rows.push([
        name,
        'json',
        request ? postRequest('json', request) : postOf('json', json!),
        one,
      ]);
    return rows;
  });
}

/**
 * Sends a payload and checks answer, events, quarantine and ledger; what is in quarantine is sent again as a request of
 * its own and must meet itself.
 */
export async function checkPayload(
  receiver: ReceiverOnPostgres,
  encoding: EncodingName,
  request: HttpRequest,
  { events = [], quarantined = [] }: PayloadCase,
): Promise<Stored> {
  const answer = await receiver.send(request);
  expect(answer.body.toString()).toBe(encoding === 'json' ? '{}' : '');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe(contentTypes[encoding]);
  const stored = await receiver.take();
  expect(stored.quarantined.map(({ reason }) => reason)).toEqual(quarantined);
  expect(stored.events).toMatchObject(events);
  expect(stored.ledger).toEqual({
    received: events.length + quarantined.length,
    stored: events.length,
    duplicate: 0,
    excluded: 0,
    quarantined: quarantined.length,
  });
  for (const { encoding, raw, reason } of stored.quarantined) {
    const again = await receiver.send(postOf(encoding as EncodingName, raw));
    expect(again.status).toBe(200);
    const { quarantined } = await receiver.take();
    expect(quarantined.map((one) => one.reason)).toEqual([reason]);
    expect(quarantined[0]!.raw.equals(raw)).toBe(true);
  }
  return stored;
}
