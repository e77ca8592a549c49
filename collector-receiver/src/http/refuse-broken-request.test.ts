import { Duplex } from 'node:stream';
import { refuseBrokenRequest } from './refuse-broken-request';

/** What the client is sent for an error with this code. */
async function answerTo(code: string): Promise<string> {
  let sent = '';
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _, done) {
      sent += chunk.toString();
      done();
    },
  });
  const finished = new Promise((resolve) => socket.on('finish', resolve));
  refuseBrokenRequest(Object.assign(new Error('broken'), { code }), socket);
  await finished;
  return sent;
}

describe('refuseBrokenRequest', () => {
  it('tells a slow sender to send again, for 408 would make it delete', async () => {
    const answer = await answerTo('ERR_HTTP_REQUEST_TIMEOUT');
    expect(answer).toMatch(/^HTTP\/1.1 503 Service Unavailable\r\n/);
    expect(answer).toMatch(/\r\nretry-after: 1\r\n/);
    expect(answer).toMatch(/\r\nconnection: close\r\n/);
    expect(answer).toMatch(
      /\r\n\r\n\{"code":14,"message":"the request did not arrive in time"\}$/,
    );
  });

  it.each(['ECONNRESET', 'ERR_SSL_HTTP_REQUEST', 'ERR_TLS_HANDSHAKE_TIMEOUT'])(
    'says nothing on a connection that is broken: %s',
    async (code) => {
      let sent = '';
      const socket = new Duplex({
        read() {},
        write(chunk: Buffer, _, done) {
          sent += chunk.toString();
          done();
        },
      });
      const closed = new Promise((resolve) => {
        socket.on('error', () => undefined).on('close', resolve);
      });
      refuseBrokenRequest(Object.assign(new Error('broken'), { code }), socket);
      await closed;
      expect(sent).toBe('');
    },
  );

  it('tells what is not HTTP so', async () => {
    const answer = await answerTo('HPE_INVALID_METHOD');
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(answer).toMatch(
      /\{"code":3,"message":"cannot read the request as HTTP: broken",/,
    );
  });
});
