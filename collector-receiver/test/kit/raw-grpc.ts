import { connect, constants } from 'node:http2';
import type { ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';

/** What came on the wire in answer to one call. */
export interface WireAnswer {
  /** Of each HEADERS frame, in order. */
  headers: IncomingHttpHeaders[];
  /** Whether the first HEADERS frame ended the stream: Trailers-Only. */
  isTrailersOnly: boolean;
  data: Buffer;
}

export interface RawCall {
  stream: ClientHttp2Stream;
  answer: Promise<WireAnswer>;
  close: () => void;
}

export const EXPORT =
  '/opentelemetry.proto.collector.logs.v1.LogsService/Export';

/** A message with its prefix of five bytes. */
export function frame(message: Uint8Array | string, isCompressed = false) {
  const bytes = Buffer.from(message as string);
  const prefix = Buffer.alloc(5);
  prefix[0] = isCompressed ? 1 : 0;
  prefix.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([prefix, bytes]);
}

/** Begins a call on a connection of its own, for what a client library does not do or show. */
export function rawCall(
  url: string,
  headers: Record<string, string> = {},
  path = EXPORT,
): RawCall {
  const session = connect(url);
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers,
  });
  const answer = new Promise<WireAnswer>((resolve, reject) => {
    const result: WireAnswer = {
      headers: [],
      isTrailersOnly: false,
      data: Buffer.alloc(0),
    };
    stream.on('response', (response, flags) => {
      result.headers.push(response);
      result.isTrailersOnly = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    });
    stream.on('trailers', (trailers) => result.headers.push(trailers));
    stream.on('data', (chunk: Buffer) => {
      result.data = Buffer.concat([result.data, chunk]);
    });
    stream.on('end', () => resolve(result));
    stream.on('error', reject);
    session.on('error', reject);
  });
  // One that nobody asks for must not end the test process.
  answer.catch(() => undefined);
  return { stream, answer, close: () => session.destroy() };
}

/** Makes one call on the wire. */
export async function call(
  url: string,
  bytes: Uint8Array,
  headers: Record<string, string> = {},
): Promise<WireAnswer> {
  const { stream, answer, close } = rawCall(url, headers);
  stream.end(bytes);
  try {
    return await answer;
  } finally {
    close();
  }
}

/** A failure is one HEADERS frame, and has RetryInfo when it may heal. */
export function expectFailure(answer: WireAnswer, code: number): void {
  expect(answer).toMatchObject({
    isTrailersOnly: true,
    headers: [
      {
        ':status': 200,
        'content-type': 'application/grpc',
        'grpc-status': String(code),
      },
    ],
  });
  expect(answer.headers).toHaveLength(1);
  expect(answer.data).toHaveLength(0);
  const isHealing = code === 14;
  expect('google.rpc.retryinfo-bin' in answer.headers[0]!).toBe(isHealing);
  expect('grpc-status-details-bin' in answer.headers[0]!).toBe(isHealing);
}
