import type { AuditEvent, JsonObject } from 'audit-event';
import { jsonEncoding } from './encode-json';
import { protobufEncoding } from './encode-protobuf';
import { encodeWithinLimit } from './encode-within-limit';
import { RECORD_MAX_BYTES } from './limits';
import { decodeRequest, metaOf } from './otlp-oracle.test.helper';

const event: AuditEvent = {
  id: '01980f5e-7c1a-7000-9d52-5f0a6b1c2d3e',
  time: 1n,
  pluginId: 'catalog',
  eventId: 'entity-fetch',
  severityLevel: 'low',
  severityNumber: 9,
  status: 'succeeded',
  actor: { type: 'user', id: 'user:default/john' },
  meta: {},
};
const list = (length: number, text: string): JsonObject =>
  Object.fromEntries(Array.from({ length }, (_, i) => [`key${i}`, text]));

describe.each([
  ['protobuf', protobufEncoding()],
  ['json', jsonEncoding()],
])('encodeWithinLimit in %s', (_, encoding) => {
  const encode = (fields: Partial<AuditEvent>) => {
    const bytes = encodeWithinLimit({ ...event, ...fields }, encoding);
    const body = encoding.encodeRequest({ resource: {} }, [bytes]);
    const [record] = decodeRequest(body, encoding.contentType).records;
    return { size: bytes.length, record: record! };
  };

  it('leaves an event that fits as it is', () => {
    const { record } = encode({ meta: { a: 'x'.repeat(50_000) } });
    expect(metaOf(record)).toEqual({ a: 'x'.repeat(50_000) });
    expect(record.attributes).not.toHaveProperty(['audit.meta.truncated']);
  });

  it.each<[string, Partial<AuditEvent>]>([
    ['many values in meta', { meta: list(15_000, 'a value of some length') }],
    ['large values in meta', { meta: list(40, 'x'.repeat(60_000)) }],
    ['meta that JSON escapes', { meta: list(10, '\u0001'.repeat(30_000)) }],
    [
      'large fields',
      {
        eventId: 'e'.repeat(65_000),
        actor: {
          type: 'user',
          id: 'u'.repeat(65_000),
          userAgent: 'a'.repeat(65_000),
        },
        request: { path: 'p'.repeat(65_000), query: 'q'.repeat(65_000) },
        error: { message: 'm'.repeat(65_000), stack: 's'.repeat(65_000) },
        entityRef: 'r'.repeat(65_000),
      },
    ],
  ])('cuts an event with %s, keeps who and what, and says so', (_, fields) => {
    const { size, record } = encode(fields);
    expect(size).toBeLessThanOrEqual(RECORD_MAX_BYTES);
    expect(record.attributes).toMatchObject({
      'audit.meta.truncated': true,
      'log.record.uid': event.id,
      'audit.actor.id': expect.stringMatching(/^u/),
      'audit.status': 'succeeded',
    });
  });

  it('keeps as much of meta as fits', () => {
    const { record } = encode({ meta: list(40, 'x'.repeat(60_000)) });
    expect(metaOf(record)['key0']).toMatch(/^x{50000}/);
  });
});
