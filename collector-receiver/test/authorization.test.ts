import { jsonRequestOf } from './kit/otlp-json';
import { rawConnection } from './kit/raw-http';
import { aReceiver, closeReceivers } from './kit/receiver';

const JSON_TYPE = { 'content-type': 'application/json' };
const jsonBody = jsonRequestOf('{}');

afterEach(closeReceivers);

describe('authorization', () => {
  const post = async (authorization: string | undefined) => {
    const receiver = await aReceiver({ ingestToken: 'correct-token+/=' });
    const headers = {
      ...JSON_TYPE,
      ...(authorization === undefined ? {} : { authorization }),
    };
    const response = await receiver.post('/v1/logs', {
      headers,
      body: jsonBody,
    });
    return { response, receiver };
  };

  it.each(['Bearer correct-token+/=', 'bearer  correct-token+/='])(
    'lets %s in',
    async (authorization) => {
      const { response } = await post(authorization);
      expect(response.status).toBe(200);
    },
  );

  it.each([
    undefined,
    'Bearer',
    'Bearer ',
    'Bearer correct-token+/',
    'Bearer correct-token+/=x',
    'Basic correct-token+/=',
    'correct-token+/=',
  ])('refuses %s', async (authorization) => {
    const { response, receiver } = await post(authorization);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({ code: 16 });
    expect(receiver.committed).toEqual([]);
  });

  it('is checked before the body is read, which is then cut off', async () => {
    const receiver = await aReceiver({ ingestToken: 'correct-token' });
    const connection = await rawConnection(receiver.url);
    connection.send(
      'POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    expect(await connection.until('\r\n\r\n')).toMatch(/^HTTP\/1.1 401 /);
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    for (let i = 0; i < 20; i++) connection.send(chunk);
    await connection.untilClosed();
    expect(receiver.committed).toEqual([]);
  });

  it('does not keep the connection of a client that is refused and stops in the middle', async () => {
    const receiver = await aReceiver({ ingestToken: 'correct-token' });
    const connection = await rawConnection(receiver.url);
    connection.send(
      'POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20000000\r\n\r\n{',
    );
    expect(await connection.untilClosed()).toMatch(/^HTTP\/1.1 401 /);
  });
});
