import { toOtlpJson } from '../kit/otlp-json';
import { requestOfRecords } from '../kit/otlp-request';
import { rawConnection } from '../kit/raw-http';
import { receiverOnPostgres } from '../kit/receiver-on-postgres';
import type { ReceiverOnPostgres } from '../kit/receiver-on-postgres';
import { holdCommits } from '../kit/hold-commits';

const MIB = 1024 * 1024;
const text = toOtlpJson(
  requestOfRecords({ timeUnixNano: '1768473000000000001' }),
);

let receiver: ReceiverOnPostgres;
beforeEach(async () => {
  receiver = await receiverOnPostgres({ maxBodyBytes: MIB });
});
afterEach(() => receiver.stop());

const head = (length: number, more = '') =>
  `POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${more}\r\n`;

describe('OTLP/HTTP connections', () => {
  it('24 shutting down: 503 and Connection: close, while commits in flight finish', async () => {
    const held = await holdCommits(receiver.database);
    const inFlight = await rawConnection(receiver.url);
    const late = await rawConnection(receiver.url);
    inFlight.send(head(text.length) + text);
    late.send(head(text.length).slice(0, 20));
    await held.isWaitedFor();
    const closed = receiver.close();
    late.send(head(text.length).slice(20) + text);
    expect(await late.untilClosed()).toMatch(
      /^HTTP\/1.1 503 [^]*retry-after: 1\r\n[^]*connection: close\r\n[^]*"code":14/i,
    );
    await held.release();
    expect(await inFlight.untilClosed()).toMatch(
      /^HTTP\/1.1 200 [^]*connection: close\r\n/i,
    );
    await closed;
    expect((await receiver.take()).ledger).toMatchObject({
      received: 1,
      stored: 1,
    });
  });

  it('25 client gone before the answer: the commit stands, the re-send is a no-op', async () => {
    const held = await holdCommits(receiver.database);
    const gone = await rawConnection(receiver.url);
    gone.send(head(text.length) + text);
    await held.isWaitedFor();
    gone.end();
    await held.release();
    const again = await receiver.send({
      headers: { 'content-type': 'application/json' },
      body: text,
    });
    expect(again.status).toBe(200);
    const { events, ledger } = await receiver.take();
    expect(events).toHaveLength(1);
    expect(ledger).toMatchObject({ received: 2, stored: 1, duplicate: 1 });
  });

  it('30 idle keep-alive: kept for 120 s or more, so that no Go client meets a connection that is closing', async () => {
    const connection = await rawConnection(receiver.url);
    connection.send(head(text.length) + text);
    const first = await connection.until('{}');
    const [, seconds] = /keep-alive: timeout=(\d+)/i.exec(first) ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(120);
    connection.send(head(2) + '{}');
    const both = await connection.until('{}HTTP/1.1 200 OK');
    expect(both).toMatch(/\{\}HTTP[^]*\{\}$/);
    connection.end();
    await receiver.take();
  });

  it('31 HTTP/2 without ALPN is refused as no HTTP/1.1', async () => {
    const connection = await rawConnection(receiver.url);
    connection.send('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    expect(await connection.untilClosed()).toMatch(
      /^HTTP\/1.1 400 Bad Request\r\n/,
    );
  });

  it('32 Expect: 100-continue is honoured', async () => {
    const connection = await rawConnection(receiver.url);
    connection.send(head(text.length, 'Expect: 100-continue\r\n'));
    expect(await connection.until('\r\n\r\n')).toMatch(
      /^HTTP\/1.1 100 Continue\r\n/,
    );
    connection.send(text);
    expect(await connection.until('{}')).toContain('HTTP/1.1 200 OK');
    connection.end();
    expect((await receiver.take()).events).toHaveLength(1);
  });

  it('32 a request that is refused is not asked for its body', async () => {
    const connection = await rawConnection(receiver.url);
    connection.send(head(MIB + 1, 'Expect: 100-continue\r\n'));
    expect(await connection.untilClosed()).toMatch(
      /^HTTP\/1.1 413 [^]*connection: close/i,
    );
  });
});
