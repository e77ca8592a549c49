import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { protobuf } from '../encoding';
import type { FailureName } from '../failure';
import type { BudgetShare } from '../http/byte-budget';
import { peerOf } from '../http/connection-limit';
import { refusalOf, storeRequest } from '../store-request';
import type { RequestOutcome, StoreRequestDeps } from '../store-request';
import { readMessage } from './read-message';

export interface HandleCallDeps extends StoreRequestDeps {
  isAuthorized: (authorization: string | undefined) => boolean;
  maxBodyBytes: number;
  /** Keeps the connection until what is returned is called. */
  hold: (peer: string) => () => void;
}

const EXPORT = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';

/**
 * `LogsService/Export`: everything that can be refused without the message is refused before it is read.
 *
 * @returns undefined when the client is gone
 */
export async function handleCall(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  share: BudgetShare,
  deps: HandleCallDeps,
): Promise<RequestOutcome | undefined> {
  if (headers[':path'] !== EXPORT) return failed('unknown-method');
  if (!deps.isAuthorized(headers.authorization))
    return failed('unauthenticated');
  const refused = refusalOf(deps);
  if (refused) return refused;
  const message = await readMessage(stream, {
    encoding: headers['grpc-encoding']?.toString(),
    limits: { maxBytes: deps.maxBodyBytes, share },
  });
  if (message.status === 'gone') return undefined;
  if (message.status === 'failed') return message;
  const release = deps.hold(peerOf(stream.session!.socket));
  const outcome = await storeRequest(message.bytes, protobuf, deps);
  release();
  return outcome;
}

function failed(failure: FailureName): RequestOutcome {
  return { status: 'failed', failure };
}
