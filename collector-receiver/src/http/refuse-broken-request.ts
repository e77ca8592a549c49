import type { Duplex } from 'node:stream';
import { failureAnswer } from './answer';
import type { FailureName } from '../failure';

const TIMEOUT = 'ERR_HTTP_REQUEST_TIMEOUT';

/**
 * Answers what node:http cannot make a request of. Its own answer to a slow one is 408, on which OpenTelemetry senders
 * delete the data; ours is 503.
 */
export function refuseBrokenRequest(
  error: NodeJS.ErrnoException,
  socket: Duplex,
): void {
  // Other errors are of the connection: it broke, or its client does not speak our TLS.
  const isOfRequest = /^(HPE|ERR_HTTP)_/.test(error.code ?? '');
  if (!socket.writable || !isOfRequest) {
    socket.destroy(error);
    return;
  }
  const name: FailureName = error.code === TIMEOUT ? 'too-slow' : 'malformed';
  const message =
    name === 'malformed'
      ? `cannot read the request as HTTP: ${error.message}`
      : undefined;
  const answer = failureAnswer(undefined, name, message);
  const headers = {
    ...answer.headers,
    connection: 'close',
    'content-length': Buffer.byteLength(answer.body),
  };
  const lines = Object.entries(headers).map(
    ([key, value]) => `${key}: ${value}`,
  );
  socket.write(
    [
      `HTTP/1.1 ${answer.status} ${answer.status === 503 ? 'Service Unavailable' : 'Bad Request'}`,
      ...lines,
      '',
      '',
    ].join('\r\n'),
  );
  socket.end(answer.body);
}
