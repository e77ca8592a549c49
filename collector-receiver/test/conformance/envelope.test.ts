import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { HttpRequest } from '../kit/http-request';
import { toOtlpJson } from '../kit/otlp-json';
import { encodeRequest, statusType } from '../kit/otlp-oracle';
import { postOf, requestOfRecords } from '../kit/otlp-request';
import type { EncodingName } from '../kit/otlp-request';
import { receiverOnPostgres } from '../kit/receiver-on-postgres';
import type { ReceiverOnPostgres } from '../kit/receiver-on-postgres';

const MIB = 1024 * 1024;
const TOKEN = 'correct-token';
const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';
const authorization = `Bearer ${TOKEN}`;

const one = requestOfRecords({ timeUnixNano: '1768473000000000001' });
const bytes = encodeRequest(one);
const text = toOtlpJson(one);

let receiver: ReceiverOnPostgres;
beforeAll(async () => {
  receiver = await receiverOnPostgres({
    ingestToken: TOKEN,
    maxBodyBytes: MIB,
    maxInFlightBytes: 8 * MIB,
  });
});
afterAll(() => receiver.stop());

const typed = (type: string | undefined, body: string | Uint8Array) => ({
  headers: { ...(type !== undefined && { 'content-type': type }) },
  body,
});
const coded = (coding: string, body: string | Uint8Array): HttpRequest => ({
  headers: { 'content-type': JSON_TYPE, 'content-encoding': coding },
  body,
});
const at = (path: string): HttpRequest => ({ ...typed(JSON_TYPE, text), path });
const by = (method: string): HttpRequest => ({
  headers: { 'content-type': JSON_TYPE },
  method,
});
const chunked = (encoding: EncodingName): HttpRequest => ({
  ...postOf(encoding, encoding === 'json' ? text : bytes),
  chunked: true,
});
const padded = (size: number) => text.padEnd(size);
const send = (request: HttpRequest) =>
  receiver.send({
    ...request,
    headers: { authorization, ...request.headers },
  });

describe('OTLP/HTTP envelope: taken', () => {
  it.each<[string, number, HttpRequest]>([
    ['1 POST /v1/logs, protobuf, one record', 1, typed(PROTOBUF, bytes)],
    ['2 the same in JSON', 1, typed(JSON_TYPE, text)],
    [
      '3 application/json; charset=utf-8',
      1,
      typed('application/json; charset=utf-8', text),
    ],
    ['6 the alias /v1/audit', 1, at('/v1/audit')],
    ['8 a protobuf body of no bytes', 0, typed(PROTOBUF, '')],
    ['9 {}', 0, typed(JSON_TYPE, '{}')],
    ['9 {"resourceLogs":[]}', 0, typed(JSON_TYPE, '{"resourceLogs":[]}')],
    [
      '10 ResourceLogs without children, protobuf',
      0,
      typed(PROTOBUF, encodeRequest({ resourceLogs: [{}] })),
    ],
    [
      '10 ResourceLogs without children, JSON',
      0,
      typed(JSON_TYPE, '{"resourceLogs":[{}]}'),
    ],
    [
      '10 ScopeLogs without children, protobuf',
      0,
      typed(PROTOBUF, encodeRequest({ resourceLogs: [{ scopeLogs: [{}] }] })),
    ],
    [
      '10 ScopeLogs without children, JSON',
      0,
      typed(JSON_TYPE, '{"resourceLogs":[{"scopeLogs":[{}]}]}'),
    ],
    ['11 gzip', 1, coded('gzip', gzipSync(text))],
    ['11 GZIP', 1, coded('GZIP', gzipSync(text))],
    ['12 Content-Encoding: identity', 1, coded('identity', text)],
    ['12 an empty Content-Encoding', 1, coded('', text)],
    ['13 zstd', 1, coded('zstd', zstdCompressSync(text))],
    ['13 deflate', 1, coded('deflate', deflateSync(text))],
    ['15 a body of just the limit', 1, typed(JSON_TYPE, padded(MIB))],
    [
      '16 gzip that inflates to the limit',
      1,
      coded('gzip', gzipSync(padded(MIB))),
    ],
    ['17 chunked, no Content-Length, protobuf', 1, chunked('protobuf')],
    ['17 chunked, no Content-Length, JSON', 1, chunked('json')],
    [
      '28 the right bearer token',
      1,
      {
        ...typed(JSON_TYPE, text),
        headers: { 'content-type': JSON_TYPE, authorization },
      },
    ],
    [
      '31 an upgrade to HTTP/2 goes on in HTTP/1.1',
      1,
      {
        ...typed(JSON_TYPE, text),
        headers: {
          'content-type': JSON_TYPE,
          connection: 'Upgrade, HTTP2-Settings',
          upgrade: 'h2c',
          'http2-settings': 'AAMAAABkAAQAAP__',
        },
      },
    ],
    [
      '33 Accept-Encoding: gzip is answered plain',
      1,
      {
        ...typed(JSON_TYPE, text),
        headers: { 'content-type': JSON_TYPE, 'accept-encoding': 'gzip' },
      },
    ],
  ])('%s', async (_, stored, request) => {
    const answer = await send(request);
    const isJson = request.headers!['content-type']!.startsWith(JSON_TYPE);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe(isJson ? JSON_TYPE : PROTOBUF);
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.body.toString()).toBe(isJson ? '{}' : '');
    const { events, ledger } = await receiver.take();
    expect(events.map(({ time }) => time)).toEqual(
      Array<bigint>(stored).fill(1768473000000000001n),
    );
    expect(ledger).toMatchObject({ received: stored, stored });
  });
});

/** The rpc code of a status. */
const codes = { 400: 3, 401: 16, 404: 5, 405: 12, 413: 8, 415: 3 };
/** Of a compression that the receiver does not have, as gRPC answers it. */
const UNIMPLEMENTED = 12;

describe('OTLP/HTTP envelope: refused', () => {
  it.each<[string, keyof typeof codes, HttpRequest, RegExp]>([
    [
      '4 no Content-Type',
      415,
      typed(undefined, text),
      /^expected Content-Type/,
    ],
    [
      '4 another Content-Type',
      415,
      typed('text/plain', text),
      /^expected Content-Type/,
    ],
    ['5 GET', 405, by('GET'), /POST/],
    ['5 PUT', 405, by('PUT'), /POST/],
    ['5 PATCH', 405, by('PATCH'), /POST/],
    ['6 an unknown path', 404, at('/v1/log'), /\/v1\/logs or \/v1\/audit/],
    [
      '6 an unknown path, protobuf',
      404,
      { ...typed(PROTOBUF, bytes), path: '/v1/log' },
      /\/v1\/logs or \/v1\/audit/,
    ],
    ['7 traces', 404, at('/v1/traces'), /\/v1\/logs/],
    ['7 metrics', 404, at('/v1/metrics'), /\/v1\/logs/],
    ['13 brotli', 415, coded('br', text), /^expected the compression/],
    ['13 snappy', 415, coded('snappy', text), /^expected the compression/],
    [
      '13 gzip twice',
      415,
      coded('gzip, gzip', text),
      /^expected the compression/,
    ],
    [
      '14 corrupt gzip',
      400,
      coded('gzip', text),
      /^cannot decompress the body: /,
    ],
    [
      '14 gzip that is cut off',
      400,
      coded('gzip', gzipSync(text).subarray(0, 30)),
      /^cannot decompress the body: /,
    ],
    [
      '15 a body over the limit',
      413,
      typed(JSON_TYPE, padded(MIB + 1)),
      /at most 1048576 bytes/,
    ],
    [
      '15 the same in protobuf',
      413,
      typed(PROTOBUF, Buffer.alloc(MIB + 1)),
      /at most 1048576 bytes/,
    ],
    [
      '16 gzip that inflates over the limit',
      413,
      coded('gzip', gzipSync(Buffer.alloc(64 * MIB))),
      /at most 1048576 bytes/,
    ],
    [
      '18 truncated protobuf',
      400,
      typed(PROTOBUF, bytes.subarray(0, 5)),
      /in protobuf: /,
    ],
    [
      '18 garbage as protobuf',
      400,
      typed(PROTOBUF, 'garbage'),
      /in protobuf: /,
    ],
    [
      '19 truncated JSON',
      400,
      typed(JSON_TYPE, text.slice(0, -3)),
      /^cannot parse the body as JSON: /,
    ],
    [
      '19 invalid JSON',
      400,
      typed(JSON_TYPE, '{resourceLogs:[]}'),
      /^cannot parse the body as JSON: /,
    ],
    [
      '20 a JSON list',
      400,
      typed(JSON_TYPE, `[${text}]`),
      /got a list: send each element as a request of its own$/,
    ],
    [
      '28 no bearer token',
      401,
      {
        ...typed(JSON_TYPE, text),
        headers: { 'content-type': JSON_TYPE, authorization: '' },
      },
      /Bearer/,
    ],
    [
      '28 a wrong one, protobuf',
      401,
      {
        ...typed(PROTOBUF, bytes),
        headers: {
          'content-type': PROTOBUF,
          authorization: 'Bearer other-token',
        },
      },
      /Bearer/,
    ],
    ['29 a CORS preflight, CORS being off', 405, { method: 'OPTIONS' }, /POST/],
  ])('%s', async (title, status, request, message) => {
    const answer = await send(request);
    expect(answer.status).toBe(status);
    const isProtobuf = request.headers?.['content-type'] === PROTOBUF;
    expect(answer.headers['content-type']).toBe(
      isProtobuf ? PROTOBUF : JSON_TYPE,
    );
    expect(answer.headers['retry-after']).toBeUndefined();
    expect(answer.headers['allow']).toBe(status === 405 ? 'POST' : undefined);
    expect(answer.headers['www-authenticate']).toBe(
      status === 401 ? 'Bearer' : undefined,
    );
    const told = isProtobuf
      ? statusType.toObject(statusType.decode(answer.body))
      : JSON.parse(answer.body.toString());
    expect(told).toMatchObject({
      code: /^13 /.test(title) ? UNIMPLEMENTED : codes[status],
      message: expect.stringMatching(message),
    });
    expect('details' in told).toBe(status === 400);
    expect(await receiver.take()).toMatchObject({
      events: [],
      ledger: { received: 0 },
    });
  });
});
