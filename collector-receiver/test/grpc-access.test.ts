import { once } from 'node:events';
import { exportLogs } from './kit/grpc-client';
import { attribute, requestOf, text } from './kit/protobuf-bytes';
import { call, expectFailure, frame, rawCall } from './kit/raw-grpc';
import { aReceiver, closeReceivers } from './kit/receiver';

const MIB = 1024 * 1024;
const body = requestOf(attribute('audit.event.id', text('create')));

afterEach(closeReceivers);

describe('the byte budget over gRPC', () => {
  it('is shared with HTTP: what does not fit is told to come again', async () => {
    let finish = () => {};
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let begun = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const receiver = await aReceiver(
      { maxInFlightBytes: MIB },
      {
        commit: () => {
          begun();
          return done;
        },
      },
    );
    const large = requestOf(attribute('text', text('x'.repeat(MIB - 1000))));
    const first = receiver.post('/v1/logs', {
      headers: { 'content-type': 'application/x-protobuf' },
      body: large,
    });
    await hasBegun;
    const second = rawCall(receiver.grpcUrl);
    // Its length is enough to refuse it.
    second.stream.write(frame(large).subarray(0, 5));
    expectFailure(await second.answer, 14);
    second.close();
    finish();
    expect((await first).status).toBe(200);
    expect((await exportLogs(receiver.grpcUrl, large)).code).toBe('OK');
  });
});

describe('authorization over gRPC', () => {
  const ingestToken = 'correct-token';

  it('lets the token in', async () => {
    const receiver = await aReceiver({ ingestToken });
    const metadata = { authorization: 'Bearer correct-token' };
    const result = await exportLogs(receiver.grpcUrl, body, { metadata });
    expect(result.code).toBe('OK');
    expect(receiver.committed).toHaveLength(1);
  });

  it.each([{}, { authorization: 'Bearer wrong-token' }])(
    'refuses %j before the message is read, and stops its sender',
    async (headers) => {
      const receiver = await aReceiver({ ingestToken });
      const { stream, answer, close } = rawCall(receiver.grpcUrl, headers);
      const closed = once(stream, 'close');
      expectFailure(await answer, 16);
      await closed;
      expect(stream.rstCode).toBe(0);
      expect(receiver.committed).toEqual([]);
      close();
    },
  );
});

describe('close over gRPC', () => {
  it('answers what is in flight, refuses what comes with 14, and then resolves', async () => {
    let finish = () => {};
    let begun = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const receiver = await aReceiver(
      {},
      {
        commit: () =>
          new Promise<void>((resolve) => {
            finish = resolve;
            begun();
          }),
      },
    );
    const inFlight = call(receiver.grpcUrl, frame(body));
    await hasBegun;
    const closed = receiver.close();
    expect(await exportLogs(receiver.grpcUrl, body)).toMatchObject({
      code: 'UNAVAILABLE',
    });
    finish();
    expect((await inFlight).headers[1]).toMatchObject({ 'grpc-status': '0' });
    await closed;
  });

  it('does not wait for idle connections', async () => {
    const receiver = await aReceiver();
    const idle = rawCall(receiver.grpcUrl);
    idle.stream.end(frame(body));
    await idle.answer;
    await receiver.close();
    idle.close();
  });
});
