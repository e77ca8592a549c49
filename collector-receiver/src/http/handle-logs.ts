import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodingOf } from '../encoding';
import type { Encoding } from '../encoding';
import type { ReceiveOutcome } from '../receive';
import { failureAnswer, successAnswer } from './answer';
import type { Answer } from './answer';
import type { BudgetShare } from './byte-budget';
import { peerOf } from './connection-limit';
import { readBody } from './read-body';

export interface HandleLogsDeps {
  isAuthorized: (authorization: string | undefined) => boolean;
  isClosing: () => boolean;
  maxBodyBytes: number;
  /** Why nothing may be stored now, undefined when it may. */
  refusal: () => string | undefined;
  /** Keeps the connection until what is returned is called. */
  hold: (peer: string) => () => void;
  /** Rejects, having told the log, when nothing is known to be stored. */
  receive: (body: Uint8Array, encoding: Encoding) => Promise<ReceiveOutcome>;
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
  const refusal = deps.refusal();
  if (refusal !== undefined)
    return failureAnswer(encoding, 'not-ready', `not ready: ${refusal}`);
  const limits = { maxBytes: deps.maxBodyBytes, share };
  const body = await readBody(request, limits, () => {
    if (request.headers.expect !== undefined) response.writeContinue();
  });
  if (body.status === 'gone') return undefined;
  if (body.status === 'failed')
    return failureAnswer(encoding, body.failure, body.message);
  const release = deps.hold(peerOf(request.socket));
  try {
    return await store(body.bytes, encoding, deps);
  } finally {
    release();
  }
}

async function store(
  body: Uint8Array,
  encoding: Encoding,
  deps: HandleLogsDeps,
): Promise<Answer> {
  try {
    const outcome = await deps.receive(body, encoding);
    if (outcome.status === 'stored') return successAnswer(encoding);
    return failureAnswer(encoding, outcome.status, outcome.reason);
  } catch {
    return failureAnswer(encoding, 'not-committed');
  }
}
