import fc from 'fast-check';
import type { LogRecord } from 'audit-event';
import { arbitraryRequest } from '../../test/kit/arbitrary-request';
import { flatRecords, onlyRecord } from '../../test/kit/decoded';
import { encodeRequest, oracleRecords } from '../../test/kit/otlp-oracle';
import { decodeProtobuf } from './decode-protobuf';
import {
  attribute,
  bytes,
  field,
  nestedList,
  requestOf,
  text,
} from '../../test/kit/protobuf-bytes';
import { limits } from './limits';

describe('decodeProtobuf beside protobufjs', () => {
  it('reads any request the same', () => {
    fc.assert(
      fc.property(arbitraryRequest, (request) => {
        const body = encodeRequest(request);
        expect(flatRecords(decodeProtobuf(body))).toEqual(oracleRecords(body));
      }),
      { numRuns: 300 },
    );
  });

  it('reads what protobufjs can read after bytes were changed the same, and never throws', () => {
    const change = fc.tuple(fc.nat(), fc.nat(255));
    fc.assert(
      fc.property(
        arbitraryRequest,
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (request, changes) => {
          const body = Buffer.from(encodeRequest(request));
          if (body.length === 0) return;
          for (const [at, octet] of changes) body[at % body.length] = octet;
          const decoded = decodeProtobuf(body);
          const unreadable =
            decoded.status !== 'decoded' ||
            decoded.records.some(({ status }) => status === 'unreadable');
          if (unreadable || body.includes(Buffer.from('\uFFFD'))) return;
          let expected;
          try {
            expected = oracleRecords(body);
          } catch {
            return; // Where one text is invalid protobufjs refuses the whole request.
          }
          if (
            JSON.stringify(expected, (_, v) =>
              typeof v === 'bigint' ? String(v) : v,
            ).includes('\uFFFD')
          )
            return;
          expect(flatRecords(decoded)).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes any bytes and any cut of a request without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
        expect(decodeProtobuf(body).status).toMatch(/decoded|malformed/);
      }),
    );
    fc.assert(
      fc.property(arbitraryRequest, fc.nat(), (request, cut) => {
        const body = encodeRequest(request);
        const part = body.subarray(0, cut % (body.length + 1));
        expect(decodeProtobuf(part).status).toMatch(/decoded|malformed/);
      }),
    );
  });
});

describe('decodeProtobuf', () => {
  it.each<[string, Uint8Array, Partial<LogRecord>]>([
    [
      'a length padded to 4 bytes',
      requestOf(bytes(0x1a, 0x82, 0x80, 0x80, 0x00, 0x68, 0x69)),
      { severityText: 'hi' },
    ],
    [
      'a padded tag',
      requestOf(bytes(0x9a, 0x00, 0x02, 0x68, 0x69)),
      { severityText: 'hi' },
    ],
    [
      'the last of a repeated scalar',
      requestOf(field(3, 'a'), field(3, 'b')),
      { severityText: 'b' },
    ],
    [
      'a negative severity number in 10 bytes',
      requestOf(bytes(0x10, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1)),
      { severityNumber: -1 },
    ],
    [
      'unknown fields of every wire type',
      requestOf(
        bytes(
          0xa0,
          6,
          1,
          0xa1,
          6,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0xa2,
          6,
          1,
          0,
          0xa5,
          6,
          0,
          0,
          0,
          0,
        ),
        field(3, 'hi'),
      ),
      { severityText: 'hi' },
    ],
    [
      'an unknown group with groups in it',
      requestOf(
        bytes(0xa3, 6, 0xab, 6, 0x08, 1, 0xac, 6, 0xa4, 6),
        field(3, 'hi'),
      ),
      { severityText: 'hi' },
    ],
    [
      'a known field of another wire type as unknown',
      requestOf(bytes(0x08, 5), field(3, 'hi')),
      { severityText: 'hi', timeUnixNano: 0n },
    ],
    [
      'a body in two pieces as one',
      requestOf(
        field(5, field(5, field(1, text('a')))),
        field(3, 'hi'),
        field(5, field(5, field(1, text('b')))),
      ),
      { body: ['a', 'b'] },
    ],
    [
      'a body that changes its kind as the last',
      requestOf(field(5, nestedList(1), text('a'))),
      { body: 'a' },
    ],
    [
      'a value before its key, in two pieces',
      requestOf(
        field(
          6,
          field(2, field(6, field(1, field(1, 'x')))),
          field(1, 'k'),
          field(2, field(6, field(1, field(1, 'y')))),
        ),
      ),
      { attributes: { k: { x: null, y: null } } },
    ],
    [
      'string table indexes as absent',
      requestOf(field(5, bytes(0x40, 7))),
      { body: null },
    ],
    [
      'the deepest nesting allowed',
      requestOf(field(5, nestedList(limits.depth))),
      {},
    ],
    [
      'a hostile key as data',
      requestOf(attribute('__proto__', text('x'))),
      { attributes: { ['__proto__']: 'x' } },
    ],
  ])('reads %s', (_, body, expected) => {
    expect(onlyRecord(decodeProtobuf(body)).record).toMatchObject(expected);
  });

  it('applies a resource and a scope that come after the records, in pieces', () => {
    const record = field(2, field(3, 'hi'));
    const resource = (key: string) =>
      field(1, field(1, field(1, key), field(2, text('v'))));
    const scope = (...content: Uint8Array[]) => field(1, ...content);
    const tier = field(3, field(1, 'tier'), field(2, text('gold')));
    const scopes = [scope(field(1, 'lib')), scope(tier, field(2, '1.0'))];
    const url = (name: string) => field(3, name);
    const body = field(
      1,
      ...[resource('a'), field(2, record, ...scopes), url('one')],
      ...[resource('b'), url('two')],
    );
    expect(onlyRecord(decodeProtobuf(body)).source).toEqual({
      resource: { a: 'v', b: 'v' },
      schemaUrl: 'two',
      scopeName: 'lib',
      scopeVersion: '1.0',
      scopeAttributes: { tier: 'gold' },
    });
  });

  it('gives all records of a scope one source object', () => {
    const decoded = decodeProtobuf(
      field(1, field(2, field(2, ''), field(2, ''))),
    );
    const [one, other] = decoded.status === 'decoded' ? decoded.records : [];
    expect(one).toMatchObject({ status: 'read' });
    expect(
      one?.status === 'read' &&
        other?.status === 'read' &&
        one.source === other.source,
    ).toBe(true);
  });

  it('replaces invalid text in resource and scope and flags the records', () => {
    const resource = field(
      1,
      field(1, field(1, 'service.name'), field(2, text(bytes(0x61, 0xff)))),
    );
    const scope = field(1, field(1, bytes(0xff)));
    const record = onlyRecord(
      decodeProtobuf(field(1, resource, field(2, scope, field(2, '')))),
    );
    expect(record).toMatchObject({
      source: { resource: { 'service.name': 'a\uFFFD' }, scopeName: '\uFFFD' },
      flags: ['sanitized'],
    });
  });

  it('flags no record for a U+FFFD that was sent', () => {
    const record = onlyRecord(decodeProtobuf(requestOf(field(3, '\uFFFD'))));
    expect(record).toMatchObject({
      record: { severityText: '\uFFFD' },
      flags: [],
    });
  });

  it('gives the bytes of a readable record as a request of its own', () => {
    const body = requestOf(field(3, 'hi'));
    const { raw, record } = onlyRecord(decodeProtobuf(body));
    expect(onlyRecord(decodeProtobuf(raw())).record).toEqual(record);
  });

  it.each<[string, Uint8Array]>([
    ['a length past the end', bytes(0x0a, 5, 0)],
    ['text', Buffer.from('hello world')],
    ['JSON', Buffer.from('{"resourceLogs":[]}')],
    ['a scope past the end of its resource', field(1, bytes(0x12, 9))],
    ['a record past the end of its scope', field(1, field(2, bytes(0x12, 9)))],
  ])('calls an envelope with %s malformed', (_, body) => {
    expect(decodeProtobuf(body)).toEqual({
      status: 'malformed',
      reason: expect.stringMatching(
        /^cannot read the body as an ExportLogsServiceRequest in protobuf: .+\(byte \d+\)$/,
      ),
    });
  });

  it.each<[string, Uint8Array]>([
    ['no bytes', bytes()],
    ['a resource without scopes', field(1, field(1, ''))],
    ['a scope without records', field(1, field(2, field(1, '')))],
  ])('reads %s as no records', (_, body) => {
    expect(decodeProtobuf(body)).toEqual({ status: 'decoded', records: [] });
  });

  it.each<[string, Uint8Array]>([
    [
      'records',
      field(
        1,
        field(2, Buffer.alloc((limits.recordsPerRequest + 1) * 2, '\x12\0')),
      ),
    ],
    [
      'empty resources',
      Buffer.alloc((limits.partsPerRequest + 1) * 2, '\x0a\0'),
    ],
  ])('refuses more %s than a request may hold', (_, body) => {
    expect(decodeProtobuf(body)).toEqual({
      status: 'too-large',
      reason:
        'expected at most 250000 log records in one request: send smaller batches',
    });
  });
});
