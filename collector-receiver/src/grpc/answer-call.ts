import { constants } from 'node:http2';
import type { ServerHttp2Stream } from 'node:http2';
import type { RequestOutcome } from '../store-request';
import { statusTrailers } from './status-trailers';

const headers = {
  ':status': 200,
  'content-type': 'application/grpc',
  'grpc-accept-encoding': 'identity,gzip,deflate,zstd',
};

/** An ExportLogsServiceResponse without partial_success is empty; what is left is the prefix that says so. */
const EMPTY_MESSAGE = Buffer.alloc(5);

/** Ends a call. A failure is Trailers-Only, one HEADERS frame: Java's OkHttp sender retries only then. */
export function answerCall(
  stream: ServerHttp2Stream,
  outcome: RequestOutcome,
): void {
  if (stream.destroyed || stream.closed) return;
  const trailers = statusTrailers(outcome);
  if (outcome.status === 'stored') {
    stream.respond(headers, { waitForTrailers: true });
    stream.once('wantTrailers', () => stream.sendTrailers(trailers));
    stream.end(EMPTY_MESSAGE);
    return;
  }
  stream.respond({ ...headers, ...trailers }, { endStream: true });
  refuseRest(stream);
}

/** To a client of something else than gRPC. */
export function refuseContentType(stream: ServerHttp2Stream): void {
  stream.respond({ ':status': 415 }, { endStream: true });
  refuseRest(stream);
}

/** Tells a client that is still sending to stop (RFC 9113, section 8.1). */
function refuseRest(stream: ServerHttp2Stream): void {
  if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
}
