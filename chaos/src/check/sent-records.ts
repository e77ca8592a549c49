import type { SenderLedger } from '../load/ledger';
import { planRequest } from '../load/plan-request';
import type {
  Origin,
  PlannedRecord,
  PlannedRequest,
} from '../load/plan-request';

export interface SentRecord extends PlannedRecord {
  request: PlannedRequest;
  isAcknowledged: boolean;
}

/** Every record that was sent, made again; throws once `signal` is aborted. */
export function* sentRecords(
  origin: Origin,
  ledgers: readonly SenderLedger[],
  signal?: AbortSignal,
): Generator<SentRecord> {
  for (const { sender, sent, acknowledged } of ledgers)
    for (let n = 0; n < sent; n++) {
      signal?.throwIfAborted();
      const request = planRequest(origin, sender, n);
      for (const record of request.records)
        yield { ...record, request, isAcknowledged: n < acknowledged };
    }
}
