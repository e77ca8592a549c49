import type { Encoding } from './encoding';
import type { FailureName } from './failure';
import type { ReceiveOutcome } from './receive';

export interface StoreRequestDeps {
  /** Why nothing may be stored now, undefined when it may. */
  refusal: () => string | undefined;
  /** Rejects, having told the log, when nothing is known to be stored. */
  receive: (body: Uint8Array, encoding: Encoding) => Promise<ReceiveOutcome>;
}

export interface RequestFailed {
  status: 'failed';
  failure: FailureName;
  /** What is wrong with this request; undefined says what the failure says in general. */
  message?: string | undefined;
}

export type RequestOutcome = { status: 'stored' } | RequestFailed;

/** Why a request is refused before its body is read, undefined when it is not. */
export function refusalOf({
  refusal,
}: Pick<StoreRequestDeps, 'refusal'>): RequestFailed | undefined {
  const reason = refusal();
  if (reason === undefined) return undefined;
  return {
    status: 'failed',
    failure: 'not-ready',
    message: `not ready: ${reason}`,
  };
}

/** Hands a body over, whichever way it came. Never rejects: a commit that fails is a failure to answer. */
export async function storeRequest(
  body: Uint8Array,
  encoding: Encoding,
  { receive }: Pick<StoreRequestDeps, 'receive'>,
): Promise<RequestOutcome> {
  try {
    const outcome = await receive(body, encoding);
    if (outcome.status === 'stored') return outcome;
    return {
      status: 'failed',
      failure: outcome.status,
      message: outcome.reason,
    };
  } catch {
    return { status: 'failed', failure: 'not-committed' };
  }
}
