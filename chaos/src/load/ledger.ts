import type { PlannedRequest } from './plan-request';

/**
 * What one sender knows of its requests, which are numbered from 0. Their content is not kept: `planRequest` makes it
 * again.
 */
export interface SenderLedger {
  sender: number;
  /** How many requests were sent, once or more. */
  sent: number;
  /** How many of them, the first ones, were answered 200. */
  acknowledged: number;
  acknowledgedRecords: number;
  /** Records that a rule excludes, in acknowledged requests: so many must have been counted. */
  excludedAtLeast: number;
  /** The same, once for each time they were sent: more cannot have been counted. */
  excludedAtMost: number;
}

/** The ledger of a sender that has sent nothing yet. */
export function newLedger(sender: number): SenderLedger {
  return {
    sender,
    sent: 0,
    acknowledged: 0,
    acknowledgedRecords: 0,
    excludedAtLeast: 0,
    excludedAtMost: 0,
  };
}

/** Books that the next request is being sent; `isRetry` when it was sent before. */
export function bookSent(
  ledger: SenderLedger,
  request: PlannedRequest,
  isRetry: boolean,
): void {
  if (!isRetry) ledger.sent += 1;
  ledger.excludedAtMost += excludedIn(request);
}

/** Books that the request sent last was answered 200. */
export function bookAcknowledged(
  ledger: SenderLedger,
  request: PlannedRequest,
): void {
  ledger.acknowledged += 1;
  ledger.acknowledgedRecords += request.records.length;
  ledger.excludedAtLeast += excludedIn(request);
}

function excludedIn({ records }: PlannedRequest): number {
  return records.filter(({ fate }) => fate === 'excluded').length;
}
