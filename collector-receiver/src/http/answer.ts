import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from '../encoding';
import type { Encoding } from '../encoding';
import { failureRow } from '../failure';
import type { FailureName } from '../failure';
import { badRequest } from '../status-detail';

/** An HTTP answer as a value. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array | string;
}

/** Bytes of a refused body that are still read, so that the client sees the answer rather than a reset connection. */
const DRAIN_BYTES = 1024 * 1024;
/** For how long, in milliseconds, a client that is still sending may take to see the answer. */
const DRAIN_MS = 2_000;

/** Until a connection is closed whose end the client was told, in milliseconds: time for the answer to arrive. */
const LINGER_MS = 500;

export function successAnswer(encoding: Encoding): Answer {
  return {
    status: 200,
    headers: { 'content-type': encoding.contentType },
    body: encoding.success,
  };
}

/** A google.rpc.Status in the encoding of the request, JSON where it had none of ours. */
export function failureAnswer(
  encoding: Encoding | undefined,
  name: FailureName,
  message = failureRow(name).message,
): Answer {
  const row = failureRow(name);
  const { contentType, status } = encoding ?? json;
  const headers: Answer['headers'] = { 'content-type': contentType };
  if (row.retryAfter !== undefined)
    headers['retry-after'] = String(row.retryAfter);
  if (name === 'unauthenticated') headers['www-authenticate'] = 'Bearer';
  if (name === 'wrong-method') headers['allow'] = 'POST';
  if (name === 'shutting-down') headers['connection'] = 'close';
  return {
    status: row.http,
    headers,
    body: status(
      row.rpc,
      message,
      row.http === 400 ? [badRequest(message)] : [],
    ),
  };
}

export function textAnswer(
  status: number,
  text: string,
  contentType = 'text/plain; charset=utf-8',
): Answer {
  return { status, headers: { 'content-type': contentType }, body: text };
}

/** Sends an answer, and gets rid of what the client is still sending, of the connection if the answer closes it. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Answer,
): void {
  if (!request.complete) {
    if (headers['connection'] === 'close') linger(request, response);
    else drain(request);
  }
  const length = Buffer.byteLength(body);
  response.writeHead(status, { ...headers, 'content-length': length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Reads on for a moment without keeping anything; a client that goes on sending is then left to wait, and cut off. */
function drain(request: IncomingMessage): void {
  let left = DRAIN_BYTES;
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.pause();
  });
  request.resume();
  const timer = setTimeout(() => request.destroy(), DRAIN_MS);
  request.on('close', () => clearTimeout(timer));
}

/**
 * Ends our side of the connection and leaves it to the client to end the other. node:http would close it at once, and
 * with bytes of the body unread that is a reset, on whose way the answer may get lost.
 */
function linger(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request;
  socket.destroySoon = () => void socket.end();
  // Else node:http reads the rest of the body.
  response.on('finish', () => request.pause());
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.on('close', () => clearTimeout(timer));
}
