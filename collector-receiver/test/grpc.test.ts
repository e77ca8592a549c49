import { connect } from 'node:net';
import { once } from 'node:events';
import * as zlib from 'node:zlib';
import { exportLogs } from './kit/grpc-client';
import { attribute, requestOf, text } from './kit/protobuf-bytes';
import { call, expectFailure, frame, rawCall } from './kit/raw-grpc';
import { aReceiver, closeReceivers } from './kit/receiver';

const MIB = 1024 * 1024;
const body = requestOf(attribute('audit.event.id', text('create')));
/** Of a failure that may heal: RetryInfo with a delay of two seconds, and a Status that holds it. */
const RETRY_INFO = Buffer.from([0x0a, 2, 0x08, 2]);

afterEach(closeReceivers);

describe('OTLP/gRPC', () => {
  it('56 Export ok: status 0 and a framed empty message', async () => {
    const receiver = await aReceiver();
    const answer = await call(receiver.grpcUrl, frame(body));
    expect(answer.data).toEqual(Buffer.alloc(5));
    expect(answer.headers).toMatchObject([
      { ':status': 200, 'content-type': 'application/grpc' },
      { 'grpc-status': '0' },
    ]);
    expect(receiver.committed).toMatchObject([
      { received: 1, events: [{ eventId: 'create' }] },
    ]);
  });

  it('56 Export ok: a client of grpc-js sees an empty message, also of an empty request', async () => {
    const receiver = await aReceiver();
    const ok = { code: 'OK', message: Buffer.alloc(0) };
    expect(await exportLogs(receiver.grpcUrl, body)).toEqual(ok);
    expect(await exportLogs(receiver.grpcUrl, Buffer.alloc(0))).toEqual(ok);
    expect(receiver.committed).toHaveLength(1);
  });

  it.each([
    ['identity', body, false],
    ['gzip', zlib.gzipSync(body), true],
    ['deflate', zlib.deflateSync(body), true],
    ['zstd', zlib.zstdCompressSync(body), true],
    // The flag in the prefix says whether it was used.
    ['snappy, not used,', body, false],
  ])('57 %s ok', async (coding, bytes, isCompressed) => {
    const receiver = await aReceiver();
    const answer = await call(receiver.grpcUrl, frame(bytes, isCompressed), {
      'grpc-encoding': coding.split(',')[0]!,
    });
    expect(answer.data).toEqual(Buffer.alloc(5));
    expect(receiver.committed).toHaveLength(1);
  });

  it('57 gzip of grpc-js ok', async () => {
    const receiver = await aReceiver();
    const result = await exportLogs(receiver.grpcUrl, body, {
      compression: 'gzip',
    });
    expect(result.code).toBe('OK');
    expect(receiver.committed).toHaveLength(1);
  });

  it('57 others UNIMPLEMENTED, with what is possible', async () => {
    const receiver = await aReceiver();
    const answer = await call(receiver.grpcUrl, frame(body, true), {
      'grpc-encoding': 'snappy',
    });
    expectFailure(answer, 12);
    expect(answer.headers[0]).toMatchObject({
      'grpc-accept-encoding': 'identity,gzip,deflate,zstd',
    });
  });

  it('57 corrupt gzip INVALID_ARGUMENT', async () => {
    const receiver = await aReceiver();
    const answer = await call(receiver.grpcUrl, frame('no gzip', true), {
      'grpc-encoding': 'gzip',
    });
    expectFailure(answer, 3);
  });

  it('58 over the limit, raw: 8 without RetryInfo, before the message is read', async () => {
    const receiver = await aReceiver();
    const { stream, answer, close } = rawCall(receiver.grpcUrl);
    const closed = once(stream, 'close');
    stream.write(frame(Buffer.alloc(MIB + 1)).subarray(0, 5));
    expectFailure(await answer, 8);
    // The sender is told to stop.
    await closed;
    expect(stream.rstCode).toBe(0);
    close();
  });

  it('58 over the limit, raw: a client of grpc-js that sends all of it sees why', async () => {
    const receiver = await aReceiver();
    const large = Buffer.alloc(3 * MIB);
    expect(await exportLogs(receiver.grpcUrl, large)).toMatchObject({
      code: 'RESOURCE_EXHAUSTED',
      details: expect.stringContaining('AUDIT_RECEIVER_MAX_BODY_BYTES'),
    });
  });

  it('58 over the limit, inflated: 8 without RetryInfo', async () => {
    const receiver = await aReceiver();
    const bomb = zlib.gzipSync(Buffer.alloc(50 * MIB));
    const answer = await call(receiver.grpcUrl, frame(bomb, true), {
      'grpc-encoding': 'gzip',
    });
    expectFailure(answer, 8);
  });

  it('59 database down: 14 as Trailers-Only, RetryInfo in both places', async () => {
    const receiver = await aReceiver(
      {},
      { commit: () => Promise.reject(new Error('database gone')) },
    );
    const answer = await call(receiver.grpcUrl, frame(body));
    expectFailure(answer, 14);
    const [headers] = answer.headers;
    const bytes = (name: string) =>
      Buffer.from(String(headers![name]), 'base64');
    expect(bytes('google.rpc.retryinfo-bin')).toEqual(RETRY_INFO);
    expect(bytes('grpc-status-details-bin').includes(RETRY_INFO)).toBe(true);
    const result = await exportLogs(receiver.grpcUrl, body);
    expect(result).toMatchObject({
      code: 'UNAVAILABLE',
      details: 'cannot confirm that the records are stored: send again',
    });
  });

  it('60 handler throws: 14', async () => {
    const receiver = await aReceiver(
      {},
      {
        commit: () => {
          throw new TypeError('a bug');
        },
      },
    );
    expectFailure(await call(receiver.grpcUrl, frame(body)), 14);
  });

  it('61 unknown method: 12', async () => {
    const receiver = await aReceiver();
    const result = await exportLogs(receiver.grpcUrl, body, {
      path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    });
    expect(result).toMatchObject({
      code: 'UNIMPLEMENTED',
      details:
        'expected opentelemetry.proto.collector.logs.v1.LogsService/Export',
    });
  });

  it.each([
    ['garbage', frame('garbage')],
    ['two messages', Buffer.concat([frame(body), frame(body)])],
    ['no message', Buffer.alloc(0)],
  ])('61 undecodable, %s: 3', async (_, bytes) => {
    const receiver = await aReceiver();
    expectFailure(await call(receiver.grpcUrl, bytes), 3);
    expect(receiver.committed).toEqual([]);
  });

  it('says 415 to what is not gRPC', async () => {
    const receiver = await aReceiver();
    const answer = await call(receiver.grpcUrl, Buffer.from('{}'), {
      'content-type': 'application/json',
    });
    expect(answer.headers).toMatchObject([{ ':status': 415 }]);
  });

  it('goes on after a client that does not speak HTTP/2 or goes away in the middle', async () => {
    const receiver = await aReceiver();
    const { hostname, port } = new URL(receiver.grpcUrl);
    const socket = connect(Number(port), hostname);
    socket.end('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    const gone = rawCall(receiver.grpcUrl);
    gone.stream.write(frame(body).subarray(0, 7));
    await once(gone.stream, 'ready');
    gone.close();
    expect((await exportLogs(receiver.grpcUrl, body)).code).toBe('OK');
  });

  it('counts calls by status code', async () => {
    const receiver = await aReceiver();
    await call(receiver.grpcUrl, frame(body));
    await call(receiver.grpcUrl, frame('garbage'));
    const metrics = await (await fetch(`${receiver.url}/metrics`)).text();
    expect(metrics).toContain('audit_receiver_grpc_requests_total{code="0"} 1');
    expect(metrics).toContain('audit_receiver_grpc_requests_total{code="3"} 1');
  });
});
