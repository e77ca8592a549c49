import { jsonRequestOf } from './kit/otlp-json';
import { aReceiver, closeReceivers } from './kit/receiver';
import { rawConnection } from './kit/raw-http';

afterEach(closeReceivers);

const body = jsonRequestOf('{}');
const head = `POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;

describe('close', () => {
  it('finishes what is in flight, refuses what comes, and then resolves', async () => {
    const events: string[] = [];
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
    const inFlight = await rawConnection(receiver.url);
    const late = await rawConnection(receiver.url);
    inFlight.send(head + body);
    late.send(head.slice(0, 20));
    await hasBegun;
    // A further request, so that the beginning of the late one has certainly arrived.
    await fetch(`${receiver.url}/healthz`, {
      headers: { connection: 'close' },
    });
    const closed = receiver.close().then(() => events.push('closed'));
    late.send(head.slice(20) + body);
    const refusal = await late.untilClosed();
    expect(refusal).toMatch(/^HTTP\/1.1 503 /);
    expect(refusal).toMatch(/\r\nretry-after: 1\r\n/);
    expect(refusal).toMatch(/\r\nconnection: close\r\n/);
    expect(refusal).toContain('"code":14');
    events.push('refused');
    finish();
    expect(await inFlight.untilClosed()).toMatch(
      /^HTTP\/1.1 200 [^]*\r\nconnection: close\r\n/,
    );
    await closed;
    expect(events).toEqual(['refused', 'closed']);
  });

  it('does not wait for idle connections', async () => {
    const receiver = await aReceiver();
    const idle = await rawConnection(receiver.url);
    idle.send(head + body);
    expect(await idle.until('{}')).toContain('HTTP/1.1 200 OK');
    await receiver.close();
    expect(await idle.untilClosed()).toContain('200 OK');
  });

  it('leaves the port free', async () => {
    const receiver = await aReceiver();
    await receiver.close();
    await expect(fetch(`${receiver.url}/healthz`)).rejects.toThrow(
      'fetch failed',
    );
  });
});
