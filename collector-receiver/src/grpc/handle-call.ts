import type { IncomingHttpHeaders } from 'node:http2';
import type { Readable } from 'node:stream';
import { protobuf } from '../encoding';
import type { FailureName } from '../failure';
import type { BudgetShare } from '../http/byte-budget';
import { storeRequest } from '../store-request';
import type { RequestOutcome, StoreRequestDeps } from '../store-request';
import { readMessage } from './read-message';

export interface HandleCallDeps extends StoreRequestDeps {
  isAuthorized: (authorization: string | undefined) => boolean;
  maxBodyBytes: number;
}

const EXPORT = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';

/**
 * `LogsService/Export`: everything that can be refused without the message is refused before it is read.
 *
 * @returns undefined when the client is gone
 */
export async function handleCall(
  stream: Readable,
  headers: IncomingHttpHeaders,
  share: BudgetShare,
  deps: HandleCallDeps,
): Promise<RequestOutcome | undefined> {
  if (headers[':path'] !== EXPORT) return failed('unknown-method');
  if (!deps.isAuthorized(headers.authorization))
    return failed('unauthenticated');
  const message = await readMessage(stream, {
    encoding: headers['grpc-encoding']?.toString(),
    maxBytes: deps.maxBodyBytes,
    share,
  });
  if (message.status === 'gone') return undefined;
  if (message.status === 'failed') return message;
  return storeRequest(message.bytes, protobuf, deps);
}

function failed(failure: FailureName): RequestOutcome {
  return { status: 'failed', failure };
}
