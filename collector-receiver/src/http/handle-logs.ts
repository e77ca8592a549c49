import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodingOf } from '../encoding';
import type { Encoding } from '../encoding';
import type { Logger } from '../logger';
import type { ReceiveOutcome } from '../receive';
import { failureAnswer, successAnswer } from './answer';
import type { Answer } from './answer';
import type { BudgetShare } from './byte-budget';
import { readBody } from './read-body';

export interface HandleLogsDeps {
  isAuthorized: (authorization: string | undefined) => boolean;
  isClosing: () => boolean;
  maxBodyBytes: number;
  /** Rejects when nothing is known to be stored. */
  receive: (body: Uint8Array, encoding: Encoding) => Promise<ReceiveOutcome>;
  logger: Logger;
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
  const body = await readBody(request, {
    maxBytes: deps.maxBodyBytes,
    share,
    onBegin: () => {
      if (request.headers.expect !== undefined) response.writeContinue();
    },
  });
  if (body.status === 'gone') return undefined;
  if (body.status === 'failed')
    return failureAnswer(encoding, body.failure, body.message);
  return store(body.bytes, encoding, deps);
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
  } catch (error) {
    deps.logger.error(
      { err: error },
      'cannot commit a request: its sender is told to send it again',
    );
    return failureAnswer(encoding, 'not-committed');
  }
}
