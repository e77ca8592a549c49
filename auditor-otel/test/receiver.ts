import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { JsonObject, LogRecord } from 'audit-event';
import { decodeRequest } from '../src/otlp-oracle.test.helper';
import { isNoStreamEdge } from '../src/recording-transport.test.helper';

/** A request as it came over the wire. */
export interface ReceivedRequest {
  path: string;
  headers: IncomingHttpHeaders;
  /** The body before it was inflated. */
  body: Buffer;
  resource: JsonObject;
  scope: { name?: string; version?: string };
  records: LogRecord[];
}

/** Answers a request, or leaves it unanswered. */
export type Answering = (
  response: ServerResponse,
  request: ReceivedRequest,
  count: number,
) => void;

/** A real HTTP server that reads OTLP with an independent decoder and answers what a test wants. */
export interface TestReceiver {
  url: string;
  requests: ReceivedRequest[];
  /** The records of all requests that were answered with 200, but for those that begin and end the stream. */
  stored(): LogRecord[];
  /** With those. */
  all(): LogRecord[];
  close(): Promise<void>;
}

/** Starts a receiver on a free port of this machine. */
export async function startReceiver(
  answer: Answering = (response) => void response.end(),
): Promise<TestReceiver> {
  const requests: ReceivedRequest[] = [];
  const stored: LogRecord[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('error', () => {});
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const { headers } = incoming;
      const plain =
        headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      const decoded = decodeRequest(plain, headers['content-type'] ?? '');
      const request = { path: incoming.url ?? '', headers, body, ...decoded };
      requests.push(request);
      response.on('finish', () => {
        if (response.statusCode === 200) stored.push(...decoded.records);
      });
      answer(response, request, requests.length);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    stored: () => stored.filter(isNoStreamEdge),
    all: () => stored,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
