import { jsonRequestOf } from './kit/otlp-json';
import { aReceiver, closeReceivers } from './kit/receiver';
import { rawConnection } from './kit/raw-http';

afterEach(closeReceivers);

const body = jsonRequestOf('{}');
const head = `POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;

describe('close', () => {
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
