import type { Operation } from '../operation';
import { eventOperations } from './event-operations';
import { ledgerOperations } from './ledger-operations';
import { retentionOperations } from './retention-operations';
import { ruleOperations } from './rule-operations';
import { serviceOperations } from './service-operations';
import { sessionOperations } from './session-operations';
import { streamOperations } from './stream-operations';
import { tokenOperations } from './token-operations';

/** All that the service can be asked. */
export const operations: readonly Operation[] = [
  ...eventOperations,
  ...streamOperations,
  ...ledgerOperations,
  ...ruleOperations,
  ...retentionOperations,
  ...tokenOperations,
  ...sessionOperations,
  ...serviceOperations,
];
