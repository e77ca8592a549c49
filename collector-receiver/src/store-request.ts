import type { Encoding } from './encoding';
import type { FailureName } from './failure';
import type { Logger } from './logger';
import type { ReceiveOutcome } from './receive';

export interface StoreRequestDeps {
  /** Rejects when nothing is known to be stored. */
  receive: (body: Uint8Array, encoding: Encoding) => Promise<ReceiveOutcome>;
  logger: Logger;
}

export interface RequestFailed {
  status: 'failed';
  failure: FailureName;
  /** What is wrong with this request; undefined says what the failure says in general. */
  message?: string | undefined;
}

export type RequestOutcome = { status: 'stored' } | RequestFailed;

/** Hands a body over, whichever way it came. Never rejects: a commit that fails is a failure to answer. */
export async function storeRequest(
  body: Uint8Array,
  encoding: Encoding,
  { receive, logger }: StoreRequestDeps,
): Promise<RequestOutcome> {
  try {
    const outcome = await receive(body, encoding);
    if (outcome.status === 'stored') return outcome;
    return {
      status: 'failed',
      failure: outcome.status,
      message: outcome.reason,
    };
  } catch (error) {
    logger.error(
      { err: error },
      'cannot commit a request: its sender is told to send it again',
    );
    return { status: 'failed', failure: 'not-committed' };
  }
}
