import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodingOf } from '../encoding';
import { refusalOf, storeRequest } from '../store-request';
import type { StoreRequestDeps } from '../store-request';
import { failureAnswer, successAnswer } from './answer';
import type { Answer } from './answer';
import type { BudgetShare } from './byte-budget';
import { peerOf } from './connection-limit';
import { readBody } from './read-body';

export interface HandleLogsDeps extends StoreRequestDeps {
  isAuthorized: (authorization: string | undefined) => boolean;
  isClosing: () => boolean;
  maxBodyBytes: number;
  /** Keeps the connection until what is returned is called. */
  hold: (peer: string) => () => void;
}

/**
 * `POST /v1/logs`: everything that can be refused without the body is refused before it is read.
 *
 * @returns undefined when the client is gone
 */
export async function handleLogs(
  request: IncomingMessage,
  response: ServerResponse,
  share: BudgetShare,
  deps: HandleLogsDeps,
): Promise<Answer | undefined> {
  const encoding = encodingOf(request.headers['content-type']);
  if (request.method !== 'POST') return failureAnswer(encoding, 'wrong-method');
  if (!deps.isAuthorized(request.headers.authorization))
    return failureAnswer(encoding, 'unauthenticated');
  if (deps.isClosing()) return failureAnswer(encoding, 'shutting-down');
  if (encoding === undefined)
    return failureAnswer(encoding, 'unsupported-type');
  const refused = refusalOf(deps);
  if (refused) return failureAnswer(encoding, refused.failure, refused.message);
  const limits = { maxBytes: deps.maxBodyBytes, share };
  const body = await readBody(request, limits, () => {
    if (request.headers.expect !== undefined) response.writeContinue();
  });
  if (body.status === 'gone') return undefined;
  if (body.status === 'failed')
    return failureAnswer(encoding, body.failure, body.message);
  const release = deps.hold(peerOf(request.socket));
  const outcome = await storeRequest(body.bytes, encoding, deps);
  release();
  return outcome.status === 'stored'
    ? successAnswer(encoding)
    : failureAnswer(encoding, outcome.failure, outcome.message);
}
