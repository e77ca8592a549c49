import { ServerInterceptingCall, status as statusCodes } from '@grpc/grpc-js';
import type { Metadata, ServerInterceptor } from '@grpc/grpc-js';
import { connectionTimes } from '../connection-times';
import type { FailureName } from '../failure';
import type { createByteBudget } from '../http/byte-budget';
import type { Metrics } from '../metrics';
import { failureStatus } from './failure-status';

export interface AdmitDeps {
  isAuthorized: (authorization: string | undefined) => boolean;
  isClosing: () => boolean;
  budget: ReturnType<typeof createByteBudget>;
  maxBodyBytes: number;
  metrics: Metrics;
}

/** What HTTP/2 lets a client send before the receiver reads: held of the budget until the size of a message is known. */
const WINDOW_BYTES = 65_535;

/** Refuses a call before its message is read where that is possible, bounds the time it may take to arrive, counts it. */
export function admit(deps: AdmitDeps): ServerInterceptor {
  return (_, call) => {
    const share = deps.budget.share();
    let timer: NodeJS.Timeout | undefined;
    let code = 'unanswered';

    function refusal(metadata: Metadata): FailureName | undefined {
      const authorization = metadata.get('authorization')[0]?.toString();
      if (!deps.isAuthorized(authorization)) return 'unauthenticated';
      if (deps.isClosing()) return 'shutting-down';
      if (!share.take(Math.min(WINDOW_BYTES, deps.maxBodyBytes)))
        return 'overloaded';
      return undefined;
    }

    function refuse(name: FailureName): void {
      const failure = failureStatus(name);
      code = statusCodes[failure.code]!;
      call.sendStatus(failure);
    }

    function arrived(): void {
      clearTimeout(timer);
      share.release();
    }

    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata(metadata, pass) {
            const name = refusal(metadata);
            if (name !== undefined) return refuse(name);
            timer = setTimeout(refuse, connectionTimes.request, 'too-slow');
            pass(metadata);
          },
          onReceiveHalfClose(pass) {
            arrived();
            pass();
          },
          // Called at the end of every call, whoever ended it.
          onCancel() {
            arrived();
            deps.metrics.answeredGrpc(code);
          },
        }),
      sendStatus(status, next) {
        code = statusCodes[status.code]!;
        next(status);
      },
    });
  };
}
