import { protobuf } from '../encoding';
import type { Encoding } from '../encoding';
import type { createByteBudget } from '../http/byte-budget';
import type { Logger } from '../logger';
import type { ReceiveOutcome } from '../receive';
import { failureStatus } from './failure-status';
import type { FailureStatus } from './failure-status';

export interface HandleExportDeps {
  budget: ReturnType<typeof createByteBudget>;
  /** Rejects when nothing is known to be stored. */
  receive: (body: Uint8Array, encoding: Encoding) => Promise<ReceiveOutcome>;
  logger: Logger;
}

/**
 * `LogsService/Export`. Never rejects: grpc-js would answer UNKNOWN, on which senders delete the data.
 *
 * @param body an ExportLogsServiceRequest, decompressed
 * @returns undefined when all is stored
 */
export async function handleExport(
  body: Buffer,
  { budget, receive, logger }: HandleExportDeps,
): Promise<FailureStatus | undefined> {
  const share = budget.share();
  try {
    if (!share.take(body.length)) return failureStatus('overloaded');
    const outcome = await receive(body, protobuf);
    if (outcome.status === 'stored') return undefined;
    return failureStatus(outcome.status, outcome.reason);
  } catch (error) {
    logger.error(
      { err: error },
      'cannot commit a request: its sender is told to send it again',
    );
    return failureStatus('not-committed');
  } finally {
    share.release();
  }
}
