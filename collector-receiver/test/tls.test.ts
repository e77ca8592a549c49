import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { credentials } from '@grpc/grpc-js';
import { exportLogs } from './kit/grpc-client';
import { jsonRequestOf } from './kit/otlp-json';
import { requestOf } from './kit/protobuf-bytes';
import { rawConnection } from './kit/raw-http';
import { aReceiver, closeReceivers } from './kit/receiver';
import type { TestReceiver } from './kit/receiver';

const made = join(__dirname, '../testdata/tls');
const file = (name: string) => join(made, name);
const pem = (name: string) => readFileSync(file(name));
const ca = pem('ca.crt');

const tls = {
  cert: file('server.crt'),
  key: file('server.key'),
  clientCa: undefined,
};
const mutualTls = { ...tls, clientCa: file('ca.crt') };
const ingestToken = 'correct-token';

const kinds = {
  TLS: { tls },
  'TLS and token': { tls, ingestToken },
  mTLS: { tls: mutualTls },
  'mTLS and token': { tls: mutualTls, ingestToken },
};

type Identity = 'client' | 'stranger' | undefined;

const pairOf = (who: Identity) =>
  who && { cert: pem(`${who}.crt`), key: pem(`${who}.key`) };

afterEach(closeReceivers);

/** Posts a record; gives the HTTP status, or `refused` when there was none. */
async function overHttp(
  { url }: TestReceiver,
  who: Identity,
  token?: string,
): Promise<number | 'refused'> {
  const post = request(`${url}/v1/logs`, {
    method: 'POST',
    agent: false,
    ca,
    ...pairOf(who),
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
  });
  const answered = once(post, 'response');
  post.end(jsonRequestOf('{}'));
  try {
    const [response] = await answered;
    response.resume();
    return response.statusCode as number;
  } catch {
    return 'refused';
  }
}

/** Exports a record over gRPC; gives the name of the status code. */
async function overGrpc(
  { grpcUrl }: TestReceiver,
  who: Identity,
  token?: string,
): Promise<string> {
  const pair = pairOf(who);
  const { code } = await exportLogs(
    grpcUrl.replace('127.0.0.1', 'localhost'),
    requestOf(),
    {
      credentials: credentials.createSsl(ca, pair?.key, pair?.cert),
      metadata: token ? { authorization: `Bearer ${token}` } : {},
    },
  );
  return code;
}

async function secured(
  url: string,
  options: ConnectionOptions,
): Promise<TLSSocket> {
  const { hostname, port } = new URL(url);
  const socket = connect({
    host: hostname,
    port: Number(port),
    ca,
    ...options,
  });
  await once(socket, 'secureConnect');
  return socket;
}

describe('TLS', () => {
  it.each([
    ['TLS', undefined, undefined, 200, 'OK'],
    ['TLS and token', undefined, ingestToken, 200, 'OK'],
    ['TLS and token', undefined, undefined, 401, 'UNAUTHENTICATED'],
    ['mTLS', 'client', undefined, 200, 'OK'],
    ['mTLS', undefined, undefined, 'refused', 'UNAVAILABLE'],
    ['mTLS', 'stranger', undefined, 'refused', 'UNAVAILABLE'],
    ['mTLS and token', 'client', ingestToken, 200, 'OK'],
    ['mTLS and token', 'client', undefined, 401, 'UNAUTHENTICATED'],
    ['mTLS and token', undefined, ingestToken, 'refused', 'UNAVAILABLE'],
  ] as const)(
    '%s: client certificate %s, token %s',
    async (kind, who, token, http, grpc) => {
      const receiver = await aReceiver(kinds[kind]);
      expect(receiver.url).toMatch(/^https:/);
      expect(receiver.grpcUrl).toMatch(/^https:/);
      expect(await overHttp(receiver, who, token)).toBe(http);
      expect(await overGrpc(receiver, who, token)).toBe(grpc);
      expect(receiver.committed).toHaveLength(http === 200 ? 2 : 0);
    },
  );

  it('31 HTTP/2 offered by ALPN falls back to HTTP/1.1', async () => {
    const { url } = await aReceiver({ tls });
    const socket = await secured(url, { ALPNProtocols: ['h2', 'http/1.1'] });
    expect(socket.alpnProtocol).toBe('http/1.1');
    socket.destroy();
  });

  it.each(['url', 'grpcUrl'] as const)(
    'takes TLS 1.2 and 1.3, nothing older, on %s',
    async (name) => {
      const receiver = await aReceiver({ tls });
      const ALPNProtocols = name === 'url' ? ['http/1.1'] : ['h2'];
      const protocol = async (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') => {
        const socket = await secured(receiver[name], {
          ALPNProtocols,
          minVersion: version,
          maxVersion: version,
          // OpenSSL itself refuses the old one otherwise.
          ciphers: 'DEFAULT@SECLEVEL=0',
        });
        const agreed = socket.getProtocol();
        socket.destroy();
        return agreed;
      };
      expect(await protocol('TLSv1.2')).toBe('TLSv1.2');
      expect(await protocol('TLSv1.3')).toBe('TLSv1.3');
      await expect(protocol('TLSv1.1')).rejects.toThrow(
        'alert protocol version',
      );
    },
  );

  it.each(['url', 'grpcUrl'] as const)(
    'cuts a client that does not speak TLS, and goes on, on %s',
    async (name) => {
      const receiver = await aReceiver({ tls });
      const connection = await rawConnection(
        receiver[name].replace('https:', 'http:'),
      );
      connection.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      expect(await connection.untilClosed()).not.toContain('HTTP/1.1');
      expect(await overHttp(receiver, undefined)).toBe(200);
      expect(await overGrpc(receiver, undefined)).toBe('OK');
    },
  );

  it('takes certificates that are renewed on disk, without a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-audit-tls-'));
    const put = (name: string) => {
      copyFileSync(file(`${name}.crt`), join(folder, 'tls.crt'));
      copyFileSync(file(`${name}.key`), join(folder, 'tls.key'));
    };
    put('server');
    const receiver = await aReceiver({
      tls: {
        cert: join(folder, 'tls.crt'),
        key: join(folder, 'tls.key'),
        clientCa: undefined,
      },
    });
    const nameOn = async (url: string, ALPNProtocols: string[]) => {
      const socket = await secured(url, { ALPNProtocols });
      const { subject } = socket.getPeerCertificate();
      socket.destroy();
      return subject.CN;
    };
    const names = async () => [
      await nameOn(receiver.url, ['http/1.1']),
      await nameOn(receiver.grpcUrl, ['h2']),
    ];
    expect(await names()).toEqual(['server', 'server']);
    put('renewed');
    while (!receiver.lines.includes('info: took renewed certificates'))
      await sleep(50);
    expect(await names()).toEqual(['renewed', 'renewed']);
    rmSync(folder, { recursive: true });
  });
});
