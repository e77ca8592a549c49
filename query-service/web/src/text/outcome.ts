import type { AuditEvent } from '../api/types';

/** What became of what an event tells of. Denied is a failure of its own kind: somebody was not allowed. */
export type Outcome = 'succeeded' | 'failed' | 'denied' | 'initiated';

/** What the outcomes are called. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  succeeded: 'Succeeded',
  failed: 'Failed',
  denied: 'Denied',
  initiated: 'Began',
};

export function outcomeOf({
  status,
  outcome_reason: reason,
}: Pick<AuditEvent, 'status' | 'outcome_reason'>): Outcome {
  if (status === 'failed') return reason === 'denied' ? 'denied' : 'failed';
  return status === 'succeeded' ? 'succeeded' : 'initiated';
}
