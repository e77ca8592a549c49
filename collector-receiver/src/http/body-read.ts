import type { FailureName } from '../failure';
import type { BudgetShare } from './byte-budget';

/** What became of reading a request body. */
export type BodyRead = { status: 'read'; bytes: Buffer } | BodyNotRead;

export type BodyNotRead =
  | { status: 'failed'; failure: FailureName; message?: string | undefined }
  /** The client went away; nobody waits for an answer. */
  | { status: 'gone' };

export interface BodyLimits {
  /** Of the body as it comes and as it is after decompression. */
  maxBytes: number;
  /** Of the budget for all bodies. */
  share: BudgetShare;
}

export const overloaded: BodyNotRead = {
  status: 'failed',
  failure: 'overloaded',
};

export function tooLarge(maxBytes: number): BodyNotRead {
  return {
    status: 'failed',
    failure: 'too-large',
    message: `expected a body of at most ${maxBytes} bytes, also when decompressed (AUDIT_RECEIVER_MAX_BODY_BYTES): send smaller batches`,
  };
}
