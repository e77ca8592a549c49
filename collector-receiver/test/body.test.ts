import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { heldCommits } from './kit/held-commits';
import { jsonRequestOf } from './kit/otlp-json';
import { aReceiver, closeReceivers } from './kit/receiver';
import type { TestReceiver } from './kit/receiver';
import { rawConnection } from './kit/raw-http';

const MIB = 1024 * 1024;
const plain = Buffer.from(jsonRequestOf('{"severityText":"hi"}'));

afterEach(closeReceivers);

const post = (receiver: TestReceiver, body: Uint8Array, coding?: string) =>
  receiver.post('/v1/logs', {
    headers: {
      'content-type': 'application/json',
      ...(coding === undefined ? {} : { 'content-encoding': coding }),
    },
    body: body as never,
  });

describe('compression', () => {
  it.each<[string, Uint8Array]>([
    ['x-gzip', gzipSync(plain)],
    [
      'gzip',
      Buffer.concat([
        gzipSync(plain.subarray(0, 9)),
        gzipSync(plain.subarray(9)),
      ]),
    ],
  ])('%s is taken', async (coding, body) => {
    const receiver = await aReceiver();
    expect((await post(receiver, body, coding)).status).toBe(200);
    expect(receiver.committed).toMatchObject([
      { events: [{ otlp: { severityText: 'hi' } }] },
    ]);
  });

  it.each<[string, Uint8Array]>([
    ['deflate', deflateSync(plain).subarray(0, 30)],
    ['zstd', zstdCompressSync(plain).subarray(0, 30)],
    ['zstd', plain],
  ])('%s that is corrupt is refused', async (coding, body) => {
    const receiver = await aReceiver();
    const response = await post(receiver, body, coding);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 3,
      message: expect.stringMatching(/^cannot decompress the body: /),
    });
    expect(receiver.committed).toEqual([]);
  });

  it.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['zstd', zstdCompressSync],
  ])(
    'a small body that inflates to 64 times the limit as %s is refused, without its memory',
    async (coding, compress) => {
      const receiver = await aReceiver({ maxInFlightBytes: 4 * MIB });
      const bomb = compress(Buffer.alloc(64 * MIB));
      const before = process.memoryUsage().arrayBuffers;
      const response = await post(receiver, bomb, coding);
      expect(response.status).toBe(413);
      expect(await response.json()).toEqual({
        code: 8,
        message:
          'expected a body of at most 1048576 bytes, also when decompressed (AUDIT_RECEIVER_MAX_BODY_BYTES): send smaller batches',
      });
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(
        32 * MIB,
      );
    },
  );

  it.each(['gzip', 'deflate', 'zstd'])(
    'no bytes at all are an empty body, also as %s',
    async (coding) => {
      const receiver = await aReceiver();
      const response = await receiver.post('/v1/logs', {
        headers: {
          'content-type': 'application/x-protobuf',
          'content-encoding': coding,
        },
      });
      expect(response.status).toBe(200);
    },
  );

  it('is undone on the way, so that a bomb is refused before it has come', async () => {
    const receiver = await aReceiver();
    const connection = await rawConnection(receiver.url);
    const beginning = gzipSync(Buffer.alloc(8 * MIB)).subarray(0, 6_000);
    connection.send(
      `POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 500000\r\n\r\n`,
    );
    connection.send(beginning);
    expect(await connection.until('\r\n\r\n')).toMatch(/^HTTP\/1.1 413 /);
    connection.end();
  });
});

describe('the size limit', () => {
  const padded = (size: number) => Buffer.from('{}'.padEnd(size));

  it('takes a body of just that size and refuses one byte more', async () => {
    const receiver = await aReceiver();
    expect((await post(receiver, padded(MIB))).status).toBe(200);
    expect((await post(receiver, padded(MIB + 1))).status).toBe(413);
    expect((await post(receiver, gzipSync(padded(MIB)), 'gzip')).status).toBe(
      200,
    );
    expect(
      (await post(receiver, gzipSync(padded(MIB + 1)), 'gzip')).status,
    ).toBe(413);
  });

  it('refuses an announced size at once and a chunked body as soon as it is over', async () => {
    const receiver = await aReceiver();
    const head =
      'POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    const announced = await rawConnection(receiver.url);
    announced.send(`${head}Content-Length: 1073741824\r\n\r\n`);
    expect(await announced.until('\r\n\r\n')).toMatch(/^HTTP\/1.1 413 /);
    announced.end();
    const chunked = await rawConnection(receiver.url);
    chunked.send(`${head}Transfer-Encoding: chunked\r\n\r\n`);
    for (let i = 0; i < 17; i++)
      chunked.send(`10000\r\n${' '.repeat(0x10000)}\r\n`);
    expect(await chunked.until('\r\n\r\n')).toMatch(/^HTTP\/1.1 413 /);
    chunked.end();
  });

  it('counts bytes on the wire that inflate to nothing', async () => {
    const receiver = await aReceiver();
    const empty = gzipSync(Buffer.alloc(0));
    const many = Buffer.concat(
      Array.from({ length: Math.ceil((MIB + 1) / empty.length) }, () => empty),
    );
    expect((await post(receiver, many, 'gzip')).status).toBe(413);
  });
});

describe('the in-flight budget', () => {
  it('is not taken by bodies that are announced and do not come', async () => {
    const receiver = await aReceiver({ maxInFlightBytes: MIB + 10 });
    const silent = await Promise.all(
      Array.from({ length: 5 }, () => rawConnection(receiver.url)),
    );
    for (const connection of silent) {
      connection.send(
        `POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${MIB}\r\nExpect: 100-continue\r\n\r\n`,
      );
      await connection.until('100 Continue');
      connection.send('{');
    }
    const large = Buffer.from(jsonRequestOf('{}').padEnd(MIB));
    expect((await post(receiver, large)).status).toBe(200);
    for (const connection of silent) connection.end();
  });

  it('refuses at once what is over it, but for one body at a time, and shows what is used', async () => {
    const { commit, finish, begun } = heldCommits();
    const receiver = await aReceiver(
      { maxInFlightBytes: MIB + 100 },
      { commit },
    );
    const large = Buffer.from(jsonRequestOf('{}').padEnd(MIB));
    const used = async () =>
      /in_flight_bytes (\d+)/.exec(
        await (await fetch(`${receiver.url}/metrics`)).text(),
      )?.[1];
    const taken = [post(receiver, large), post(receiver, large)];
    await begun(2);
    expect(await used()).toBe(String(2 * MIB));
    for (const coding of [undefined, 'gzip']) {
      const refused = await post(
        receiver,
        coding ? gzipSync(large.subarray(0, 50_000)) : large.subarray(0, 101),
        coding,
      );
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toBe('1');
      expect(await refused.json()).toEqual({
        code: 14,
        message:
          'too many bytes are in flight (AUDIT_RECEIVER_MAX_IN_FLIGHT_BYTES): send again',
      });
    }
    finish();
    for (const one of taken) expect((await one).status).toBe(200);
    const again = post(receiver, large);
    await begun(1);
    finish();
    expect((await again).status).toBe(200);
    expect(await used()).toBe('0');
  });

  it('does not read the rest of what it refuses, and keeps the connection where there is none', async () => {
    const { commit, finish, begun } = heldCommits();
    const receiver = await aReceiver({ maxInFlightBytes: 1 }, { commit });
    const taken = post(receiver, plain);
    await begun(1);
    const head = `POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
    const unfinished = await rawConnection(receiver.url);
    unfinished.send(`${head}Content-Length: ${MIB}\r\n\r\n{`);
    expect(await unfinished.untilClosed()).toMatch(
      /^HTTP\/1.1 503 [^]*connection: close/i,
    );
    const whole = await rawConnection(receiver.url);
    whole.send(`${head}Content-Length: 2\r\n\r\n{}`);
    expect(await whole.until('send again')).toMatch(
      /^HTTP\/1.1 503 [^]*connection: keep-alive/i,
    );
    whole.end();
    finish();
    expect((await taken).status).toBe(200);
  });

  it('counts a compressed body as large as it becomes', async () => {
    const { commit, finish, begun } = heldCommits();
    const receiver = await aReceiver(
      { maxBodyBytes: 8 * MIB, maxInFlightBytes: MIB },
      { commit },
    );
    const used = async () =>
      /in_flight_bytes (\d+)/.exec(
        await (await fetch(`${receiver.url}/metrics`)).text(),
      )?.[1];
    for (const size of [1_000, MIB, MIB + 1, 7 * MIB]) {
      const body = Buffer.from(jsonRequestOf('{}').padEnd(size));
      const posted = post(receiver, gzipSync(body), 'gzip');
      await begun(1);
      expect(await used()).toBe(String(size));
      finish();
      expect((await posted).status).toBe(200);
    }
    expect(await used()).toBe('0');
  });
});
