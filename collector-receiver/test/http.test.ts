import { request as httpRequest } from 'node:http';
import { eventsIn } from '../../test/src/read-rows';
import { aReceiver, closeReceivers } from './kit/receiver';
import { badRequestsOf, encodeRequest, statusType } from './kit/otlp-oracle';
import { rawConnection } from './kit/raw-http';

const JSON_TYPE = { 'content-type': 'application/json' };
const PROTOBUF_TYPE = { 'content-type': 'application/x-protobuf' };
const record = { timeUnixNano: '1768473000000000001', severityText: 'hi' };
const request = { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] };
const jsonBody = JSON.stringify(request);
const protobufBody = encodeRequest(request);
const statusOf = (body: ArrayBuffer) =>
  statusType.toObject(statusType.decode(new Uint8Array(body)));

afterEach(closeReceivers);

describe('POST /v1/logs', () => {
  it('commits a protobuf request before it answers 200 with no bytes', async () => {
    const order: string[] = [];
    const receiver = await aReceiver(
      {},
      {
        commit: async (received) => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          order.push(`committed ${eventsIn(received)[0]?.time}`);
        },
      },
    );
    const response = await receiver.post('/v1/logs', {
      headers: PROTOBUF_TYPE,
      body: protobufBody as never,
    });
    order.push(`answered ${response.status}`);
    expect(order).toEqual(['committed 1768473000000000001', 'answered 200']);
    expect(response.headers.get('content-type')).toBe('application/x-protobuf');
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });

  it.each(['/v1/logs', '/v1/audit', '/v1/logs?source=a'])(
    'takes JSON at %s',
    async (path) => {
      const receiver = await aReceiver();
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'accept-encoding': 'gzip',
      };
      const response = await receiver.post(path, { headers, body: jsonBody });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(response.headers.get('content-encoding')).toBeNull();
      expect(await response.text()).toBe('{}');
      expect(receiver.committed).toMatchObject([
        { received: 1, events: [{ time: 1768473000000000001n }] },
      ]);
    },
  );

  it.each<[string, Record<string, string>, string | Uint8Array]>([
    ['no protobuf bytes', PROTOBUF_TYPE, new Uint8Array()],
    ['an empty JSON object', JSON_TYPE, '{}'],
    ['no records', JSON_TYPE, '{"resourceLogs":[{"scopeLogs":[{}]}]}'],
  ])('takes %s without a commit', async (_, headers, body) => {
    const receiver = await aReceiver();
    const response = await receiver.post('/v1/logs', {
      headers,
      body: body as never,
    });
    expect(response.status).toBe(200);
    expect(receiver.committed).toEqual([]);
  });

  it('takes a chunked body of many small pieces', async () => {
    const receiver = await aReceiver();
    const status = await new Promise((resolve) => {
      const sending = httpRequest(
        `${receiver.url}/v1/logs`,
        { method: 'POST', headers: JSON_TYPE },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      for (const letter of jsonBody) sending.write(letter);
      sending.end();
    });
    expect(status).toBe(200);
    expect(receiver.committed).toHaveLength(1);
  });

  it.each<[string, string, RequestInit, number, object]>([
    [
      'no Content-Type',
      '/v1/logs',
      { body: new Uint8Array(1) as never },
      415,
      {
        code: 3,
        message:
          'expected Content-Type application/x-protobuf or application/json',
      },
    ],
    [
      'another Content-Type',
      '/v1/logs',
      { headers: { 'content-type': 'text/plain' }, body: 'x' },
      415,
      { code: 3 },
    ],
    [
      'an unknown Content-Encoding',
      '/v1/logs',
      { headers: { ...JSON_TYPE, 'content-encoding': 'br' }, body: 'x' },
      415,
      { code: 3 },
    ],
    [
      'two Content-Encodings',
      '/v1/logs',
      {
        headers: { ...JSON_TYPE, 'content-encoding': 'gzip, gzip' },
        body: 'x',
      },
      415,
      { code: 3 },
    ],
    [
      'corrupt gzip',
      '/v1/logs',
      {
        headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
        body: 'no gzip',
      },
      400,
      {
        code: 3,
        message: 'cannot decompress the body: incorrect header check',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.BadRequest',
            fieldViolations: [
              {
                description:
                  'cannot decompress the body: incorrect header check',
              },
            ],
          },
        ],
      },
    ],
    [
      'broken JSON',
      '/v1/logs',
      { headers: JSON_TYPE, body: '{' },
      400,
      { code: 3 },
    ],
    [
      'a JSON list',
      '/v1/logs',
      { headers: JSON_TYPE, body: '[]' },
      400,
      {
        code: 3,
        message:
          'expected one object with resourceLogs, got a list: send each element as a request of its own',
      },
    ],
    [
      'another path',
      '/v1/log',
      { headers: JSON_TYPE, body: '{}' },
      404,
      { code: 5, message: 'expected the path /v1/logs or /v1/audit' },
    ],
    [
      'traces',
      '/v1/traces',
      { headers: JSON_TYPE, body: '{}' },
      404,
      { code: 5 },
    ],
    [
      'GET',
      '/v1/logs',
      { method: 'GET' },
      405,
      { code: 12, message: 'expected the method POST' },
    ],
    [
      'PUT',
      '/v1/logs',
      { method: 'PUT', headers: JSON_TYPE, body: '{}' },
      405,
      { code: 12 },
    ],
    ['a CORS preflight', '/v1/logs', { method: 'OPTIONS' }, 405, { code: 12 }],
  ])('refuses %s', async (_, path, init, status, body) => {
    const receiver = await aReceiver();
    const response = await receiver.post(path, init);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('retry-after')).toBeNull();
    expect(response.headers.get('allow')).toBe(status === 405 ? 'POST' : null);
    expect(await response.json()).toMatchObject(body);
    expect(receiver.committed).toEqual([]);
  });

  it('refuses broken protobuf with a Status in protobuf', async () => {
    const receiver = await aReceiver();
    const response = await receiver.post('/v1/logs', {
      headers: PROTOBUF_TYPE,
      body: protobufBody.subarray(0, 5) as never,
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/x-protobuf');
    const description = expect.stringMatching(
      /^cannot read the body as an ExportLogsServiceRequest in protobuf: /,
    );
    const status = statusOf(await response.arrayBuffer());
    expect(status).toMatchObject({ code: 3, message: description });
    expect(badRequestsOf(status)).toEqual([
      { fieldViolations: [{ description }] },
    ]);
  });

  it.each<[string, Record<string, string>, string | Uint8Array]>([
    ['protobuf', PROTOBUF_TYPE, protobufBody],
    ['JSON', JSON_TYPE, jsonBody],
  ])(
    'answers a commit that fails with 503, Retry-After and a Status in %s',
    async (_, headers, body) => {
      const receiver = await aReceiver(
        {},
        {
          commit: () =>
            Promise.reject(new Error('connection refused by 10.0.0.7')),
        },
      );
      const response = await receiver.post('/v1/logs', {
        headers,
        body: body as never,
      });
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toMatch(/^[1-3]$/);
      const bytes = await response.arrayBuffer();
      const status =
        headers === JSON_TYPE
          ? JSON.parse(Buffer.from(bytes).toString())
          : statusOf(bytes);
      expect(status).toEqual({
        code: 14,
        message: 'cannot confirm that the records are stored: send again',
      });
      expect(receiver.lines.slice(1)).toEqual([
        'error: cannot commit requests: their senders are told to send them again',
      ]);
    },
  );

  it('honours Expect: 100-continue, and refuses without asking for the body', async () => {
    const receiver = await aReceiver({ ingestToken: 'correct-token' });
    const head = (token: string) =>
      `POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n`;
    const asked = await rawConnection(receiver.url);
    asked.send(head('correct-token'));
    expect(await asked.until('\r\n\r\n')).toMatch(
      /^HTTP\/1.1 100 Continue\r\n/,
    );
    asked.send('{}');
    expect(await asked.until('{}')).toContain('HTTP/1.1 200 OK');
    asked.end();
    const refused = await rawConnection(receiver.url);
    refused.send(head('other-token'));
    expect(await refused.untilClosed()).toMatch(
      /^HTTP\/1.1 401 [^]*connection: close/i,
    );
  });

  it('goes on after a client that went away in the middle', async () => {
    const receiver = await aReceiver();
    const gone = await rawConnection(receiver.url);
    gone.send(
      'POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    gone.end();
    const response = await receiver.post('/v1/logs', {
      headers: JSON_TYPE,
      body: jsonBody,
    });
    expect(response.status).toBe(200);
    expect(receiver.committed).toHaveLength(1);
  });

  it('answers what is not HTTP with 400', async () => {
    const receiver = await aReceiver();
    const connection = await rawConnection(receiver.url);
    connection.send('hello\r\n\r\n');
    expect(await connection.untilClosed()).toMatch(
      /^HTTP\/1.1 400 Bad Request\r\n[^]*cannot read the request as HTTP/,
    );
  });
});
