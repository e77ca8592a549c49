import { DENIED, OUTCOME_REASON, toLogRecord } from 'audit-event';
import type { AuditEvent, EventSource } from 'audit-event';
import { jsonEncoding, protobufEncoding } from 'auditor-otel';
import fc from 'fast-check';
import { auditEvent } from '../../../test/src/arbitrary-audit-event';
import { anAuditEvent } from '../../../test/src/audit-events';
import { arbitraryRequest } from '../../test/kit/arbitrary-request';
import { encodeRequest } from '../../test/kit/otlp-oracle';
import {
  attribute,
  bytes,
  field,
  fixed64,
  text,
} from '../../test/kit/protobuf-bytes';
import { receiveBothWays } from '../../test/kit/receive-both-ways';
import { json, protobuf } from '../encoding';

const source: EventSource = { resource: { 'service.name': 'backstage' } };
const encodings = [
  { encoding: protobuf, writer: protobufEncoding() },
  { encoding: json, writer: jsonEncoding() },
];

const full: Partial<AuditEvent> = {
  operationId: '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e',
  actor: {
    type: 'user',
    id: 'user:default/jürgen',
    initiatorId: 'plugin:scaffolder',
    ip: '10.1.2.3',
    userAgent: 'Mozilla/5.0',
  },
  request: { method: 'POST', path: '/api/x', query: 'a=1', host: 'portal' },
  actionType: 'update',
  queryType: 'by-id',
  entityRef: 'component:default/shop',
  error: { type: 'Error', message: 'no', stack: 'at x' },
  meta: {
    text: 'quote " backslash \\ line \n é 😀',
    list: [1, -2, 1.5, true, false, null, [], {}],
    map: { deeper: { still: 'x' } },
    big: 2 ** 48,
  },
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  streamId: '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3f',
  sequence: 7,
};

describe.each(encodings)('a $encoding.name request', ({ encoding, writer }) => {
  const requestOf = (events: AuditEvent[]) =>
    writer.encodeRequest(
      source,
      events.map((event) => writer.encodeRecord(toLogRecord(event))),
    );

  it.each<[string, Partial<AuditEvent>]>([
    ['a plain event', {}],
    ['an event with every field', full],
    ['an event without meta', { ...full, meta: {} }],
    ['an event of 1970', { time: 4_294_967_296_000n }],
    ['an event of 2100', { time: 4_102_444_800_000_000_999n }],
    [
      'one that was observed later',
      { observedTime: 1_900_000_000_000_000_000n },
    ],
  ])('transcodes %s', async (_, fields) => {
    const event = anAuditEvent({ ...fields, source });
    const { transcoded, drafts } = await receiveBothWays(
      requestOf([event]),
      encoding,
    );
    expect(drafts).toBe(1);
    expect(transcoded.events).toEqual([
      { ...event, source: { ...source, scopeName: undefined } },
    ]);
  });

  it('reads in full what was denied, and keeps that with the attributes', async () => {
    const otlp = { attributes: { [OUTCOME_REASON]: DENIED } };
    const event = anAuditEvent({ ...full, status: 'failed', otlp, source });
    const { transcoded, drafts } = await receiveBothWays(
      requestOf([event]),
      encoding,
    );
    expect(drafts).toBe(0);
    expect(transcoded.events).toEqual([
      { ...event, source: { ...source, scopeName: undefined } },
    ]);
  });

  it('comes to the same for any events, transcoded or read in full', async () => {
    let drafts = 0;
    const property = fc.asyncProperty(
      fc.array(auditEvent, { maxLength: 4 }),
      async (events) => {
        const both = await receiveBothWays(requestOf(events), encoding);
        drafts += both.drafts;
        expect(both.transcoded).toEqual(both.inFull);
      },
    );
    await fc.assert(property, { numRuns: 300 });
    expect(drafts).toBeGreaterThan(50);
  });

  it('notes the sequence numbers of all records, transcoded, excluded or read in full', async () => {
    const [one, other] = [full.operationId!, full.streamId!];
    const at = (streamId: string, sequence: number, fields = {}) =>
      anAuditEvent({
        streamId,
        sequence,
        time: 4_294_967_296_000_000n + BigInt(sequence) * 1000n,
        ...fields,
      });
    const actor = { type: 'service' as const, id: 'plugin:search' };
    const { transcoded, inFull, drafts } = await receiveBothWays(
      requestOf([
        at(one, 0, { eventId: 'entity-fetch', actor }),
        at(one, 1),
        // Too long a text to be transcoded.
        at(one, 2, { entityRef: 'x'.repeat(300) }),
        at(one, 3, { eventId: 'entity-fetch', actor }),
        at(other, 4),
        at(other, 4),
        at(one, 5),
        anAuditEvent(),
        anAuditEvent({ streamId: one }),
        anAuditEvent({ sequence: 6 }),
        at(one, 6),
      ]),
      encoding,
    );
    expect(drafts).toBe(10);
    expect(transcoded).toEqual(inFull);
    const time = 4_294_967_296_000;
    const range = (streamId: string, from: number, to: number) => ({
      streamId,
      from,
      to,
      minTime: time + from,
      maxTime: time + to,
      source: expect.any(BigInt),
    });
    expect(transcoded.ranges).toEqual([
      range(one, 0, 3),
      range(other, 4, 4),
      range(other, 4, 4),
      range(one, 5, 6),
    ]);
  });

  it('comes to the same for any streams, whatever is excluded, transcoded or read in full', async () => {
    const step = fc.record({
      streamId: fc.constantFrom(full.operationId!, full.streamId!),
      sequence: fc.nat(4),
      // Excluded, or too long to be transcoded, or neither.
      eventId: fc.constantFrom('entity-fetch', 'x'.repeat(300), 'task'),
    });
    const property = fc.asyncProperty(fc.array(step), async (steps) => {
      const actor = { type: 'service' as const, id: 'plugin:search' };
      const events = steps.map((fields) => anAuditEvent({ actor, ...fields }));
      const { transcoded, inFull } = await receiveBothWays(
        requestOf(events),
        encoding,
      );
      expect(transcoded).toEqual(inFull);
      const noted = transcoded.ranges as { from: number; to: number }[];
      expect(
        noted.flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, i) => from + i),
        ),
      ).toEqual(steps.map(({ sequence }) => sequence));
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it('comes to the same when bytes of a request are changed', async () => {
    const body = Buffer.from(
      requestOf([anAuditEvent(full), anAuditEvent({ meta: { a: 'b' } })]),
    );
    const change = fc.record({
      at: fc.nat(body.length - 1),
      byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 0x22, 0x5c, 0x80, 0xff)),
    });
    const property = fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 3 }),
      async (changes) => {
        const changed = Buffer.from(body);
        for (const { at, byte } of changes) changed[at] = byte;
        const { transcoded, inFull } = await receiveBothWays(changed, encoding);
        expect(transcoded).toEqual(inFull);
      },
    );
    await fc.assert(property, { numRuns: 2_000 });
  });
});

describe('a protobuf record that ends behind a tag', () => {
  const fields = [
    fixed64(1, 1_768_473_000_000_000_001n),
    attribute('log.record.uid', text('01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e')),
    attribute('audit.plugin.id', text('catalog')),
    attribute('audit.event.id', text('entity-mutate')),
    attribute('audit.severity', text('low')),
    attribute('audit.status', text('succeeded')),
    attribute('audit.actor.type', text('user')),
    attribute('audit.actor.id', text('user:default/john')),
  ];
  const neighbour = field(2, fixed64(1, 1n));
  const requestWith = (...more: Uint8Array[]) =>
    field(1, field(2, field(2, ...fields, ...more), neighbour));

  it('is transcoded when it does not', async () => {
    const { drafts } = await receiveBothWays(requestWith(), protobuf);
    expect(drafts).toBe(1);
  });

  it.each<[string, Uint8Array]>([
    ...[0x09, 0x10, 0x1a, 0x2a, 0x32, 0x4a, 0x52, 0x59, 0x62].map(
      (tag): [string, Uint8Array] => [`of field ${tag >> 3}`, bytes(tag)],
    ),
    ...[0x0a, 0x10, 0x18, 0x21, 0x2a, 0x32].map((tag): [string, Uint8Array] => [
      `of value ${tag >> 3} in audit.meta`,
      attribute(
        'audit.meta',
        field(6, field(1, field(1, 'a'), field(2, bytes(tag)))),
      ),
    ]),
  ])('%s is quarantined both ways', async (_, more) => {
    const both = await receiveBothWays(requestWith(more), protobuf);
    expect(both.transcoded).toEqual(both.inFull);
    expect(both.transcoded.quarantined).toHaveLength(1);
  });
});

it('comes to the same for any protobuf request', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryRequest, async (request) => {
      const { transcoded, inFull } = await receiveBothWays(
        encodeRequest(request),
        protobuf,
      );
      expect(transcoded).toEqual(inFull);
    }),
    { numRuns: 200 },
  );
});
