import { once } from 'node:events';
import { createServer, connect as connectHttp2 } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { createConnectionLimit, peerOf } from '../src/http/connection-limit';
import { heldCommits } from './kit/held-commits';
import { jsonRequestOf } from './kit/otlp-json';
import { rawConnection } from './kit/raw-http';
import type { RawConnection } from './kit/raw-http';
import { aReceiver, closeReceivers } from './kit/receiver';
import type { TestReceiver } from './kit/receiver';

const body = jsonRequestOf('{}');
const head = `POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
const health = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';

afterEach(closeReceivers);

async function connectionsTo(
  receiver: TestReceiver,
  count: number,
): Promise<RawConnection[]> {
  const connections: RawConnection[] = [];
  for (let i = 0; i < count; i++)
    connections.push(await rawConnection(receiver.url));
  return connections;
}

/** Asks for an answer, and fails when the connection is closed. */
async function expectOpen(connection: RawConnection): Promise<void> {
  connection.send(health);
  expect(await connection.until('ok\n')).toContain('200 OK');
}

describe('a connection over the limit', () => {
  it.each<[string, string]>([
    ['silent ones', ''],
    ['one in the middle of its headers', 'POST /v1/logs HTTP/1.1\r\nHo'],
    ['one in the middle of its body', head + body.slice(0, 9)],
  ])('takes the place of the oldest: %s', async (_, sent) => {
    const receiver = await aReceiver({ maxConnections: 3 });
    const [oldest, ...others] = await connectionsTo(receiver, 3);
    oldest!.send(sent);
    const [newcomer] = await connectionsTo(receiver, 1);
    expect(await oldest!.untilClosed()).toBe('');
    for (const connection of [...others, newcomer!])
      await expectOpen(connection);
  });

  it('never takes the place of one whose request is being committed, and is closed when all are', async () => {
    const { commit, finish, begun } = heldCommits();
    const receiver = await aReceiver({ maxConnections: 3 }, { commit });
    const busy = await connectionsTo(receiver, 2);
    for (const connection of busy) connection.send(head + body);
    await begun(2);
    const [waiting, newcomer] = await connectionsTo(receiver, 2);
    expect(await waiting!.untilClosed()).toBe('');
    newcomer!.send(head + body);
    await begun(3);
    const [tooMuch] = await connectionsTo(receiver, 1);
    expect(await tooMuch!.untilClosed()).toBe('');
    finish();
    for (const connection of [...busy, newcomer!])
      expect(await connection.until('{}')).toContain('200 OK');
  });

  it('does not take the place of a sender while silent ones are the most', async () => {
    const receiver = await aReceiver({ maxConnections: 3 });
    const [sender] = await connectionsTo(receiver, 1);
    sender!.send(head + body);
    await sender!.until('{}');
    const silent = await connectionsTo(receiver, 8);
    for (const connection of silent.slice(0, 6))
      expect(await connection.untilClosed()).toBe('');
    for (const connection of [sender!, ...silent.slice(6)])
      await expectOpen(connection);
  });

  it('takes the place of the sender that has waited longest when there is none but senders', async () => {
    const receiver = await aReceiver({ maxConnections: 3 });
    const senders = await connectionsTo(receiver, 3);
    // The last one to send is the first one that came.
    for (const sender of senders.toReversed()) {
      sender.send(head + body);
      await sender.until('{}');
    }
    const [newcomer] = await connectionsTo(receiver, 1);
    expect(await senders[2]!.untilClosed()).toContain('200 OK');
    for (const connection of [senders[0]!, senders[1]!, newcomer!])
      await expectOpen(connection);
  });

  it('is kept on HTTP/2 until the last of its streams is answered', async () => {
    const limit = createConnectionLimit(1);
    const server = createServer();
    const answers: (() => void)[] = [];
    server.on('connection', limit.admit);
    server.on('stream', (stream) => {
      const release = limit.hold(peerOf(stream.session!.socket));
      answers.push(() => {
        release();
        stream.respond({ ':status': 200 }, { endStream: true });
      });
      server.emit('held');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const session = connectHttp2(url);
    session.on('error', () => {});
    const streams = [session.request(), session.request()];
    for (const stream of streams) stream.on('error', () => {}).resume();
    while (answers.length < 2) await once(server, 'held');

    answers[0]!();
    await once(streams[0]!, 'end');
    const refused = await rawConnection(url);
    expect(await refused.untilClosed()).toBe('');
    answers[1]!();
    await once(streams[1]!, 'end');
    const admitted = once(server, 'connection') as Promise<[Socket]>;
    const newcomer = await rawConnection(url);
    await admitted;
    await new Promise((resolve) => session.on('close', resolve));
    newcomer.end();
    server.close();
    await once(server, 'close');
  });
});
