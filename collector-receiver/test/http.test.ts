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

  it('takes a query string after the path', async () => {
    const receiver = await aReceiver();
    const response = await receiver.post('/v1/logs?source=a', {
      headers: JSON_TYPE,
      body: jsonBody,
    });
    expect(response.status).toBe(200);
    expect(receiver.committed).toMatchObject([
      { received: 1, events: [{ time: 1768473000000000001n }] },
    ]);
  });

  it('says in the details of a 400 what was bad, in protobuf', async () => {
    const receiver = await aReceiver();
    const response = await receiver.post('/v1/logs', {
      headers: PROTOBUF_TYPE,
      body: protobufBody.subarray(0, 5) as never,
    });
    const description = expect.stringMatching(
      /^cannot read the body as an ExportLogsServiceRequest in protobuf: /,
    );
    const body = new Uint8Array(await response.arrayBuffer());
    expect(badRequestsOf(statusType.toObject(statusType.decode(body)))).toEqual(
      [{ fieldViolations: [{ description }] }],
    );
  });

  it('says in the details of a 400 what was bad, in JSON', async () => {
    const receiver = await aReceiver();
    const response = await receiver.post('/v1/logs', {
      headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
      body: 'no gzip',
    });
    const description = 'cannot decompress the body: incorrect header check';
    expect(await response.json()).toEqual({
      code: 3,
      message: description,
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.BadRequest',
          fieldViolations: [{ description }],
        },
      ],
    });
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
