import { count, object, text, time, uuid } from './json-schema';
import type { Schema } from './json-schema';

const sums = {
  batches: count,
  received: count,
  stored: count,
  duplicate: count,
  excluded: count,
  quarantined: count,
};

const quarantined = {
  id: uuid,
  recorded_at: time,
  reason: text,
  detail: text,
  encoding: text,
  size: count,
  receiver_id: { type: 'integer' },
  receiver_seq: text,
};

/** What became of all that was received. */
export const ledgerSchemas: Readonly<Record<string, Schema>> = {
  LedgerSums: object(sums),
  LedgerDay: object({ day: text, ...sums }),
  LedgerReceiver: object({
    instance: text,
    version: text,
    connections: count,
    first_batch_at: time,
    last_batch_at: time,
    ...sums,
  }),
  LedgerGap: object({
    receiver_id: { type: 'integer' },
    instance: text,
    batches: count,
    highest_batch: count,
  }),
  LedgerDifference: object({
    receiver_id: { type: 'integer' },
    receiver_seq: text,
    recorded_at: time,
    what: { enum: ['events', 'quarantine', 'exclusions'] },
    counted: count,
    found: count,
  }),
  Quarantined: object(quarantined),
  QuarantinedWithBytes: object({
    ...quarantined,
    raw: { type: 'string', contentEncoding: 'base64' },
  }),
};
