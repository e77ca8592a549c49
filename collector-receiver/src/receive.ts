import { fitSizes } from 'audit-event/store';
import type { Commit, Received } from 'audit-event/store';
import type { DecodedRecord } from './decode/decoded';
import type { Encoding } from './encoding';
import { eventOfRecord } from './event-of-record';
import type { ForeignRecords } from './event-of-record';
import type { RuleSet } from './exclude/rule-set';

export interface ReceiveDeps {
  /** The exclusion rules in force. */
  rules: () => RuleSet;
  foreignRecords: ForeignRecords;
  commit: Commit;
  /** Told of each request after its commit. */
  onCommitted: (received: Received) => void;
}

export type ReceiveOutcome =
  { status: 'stored' } | { status: 'malformed' | 'too-large'; reason: string };

/**
 * One OTLP request in, one outcome out: decode, leave out, commit. No record costs another, and none vanishes: what
 * cannot be stored is quarantined in the same commit, so that partial success, which senders treat as loss, is never
 * needed.
 *
 * @throws when the commit fails: nothing is known to be stored
 */
export async function receive(
  body: Uint8Array,
  encoding: Encoding,
  deps: ReceiveDeps,
): Promise<ReceiveOutcome> {
  const decoded = encoding.decode(body);
  if (decoded.status !== 'decoded') return decoded;
  if (decoded.records.length === 0) return { status: 'stored' };
  const received = sort(body.length, decoded.records, encoding, deps);
  await deps.commit(received);
  deps.onCommitted(received);
  return { status: 'stored' };
}

/** Each record is stored, excluded or quarantined. */
function sort(
  bytes: number,
  records: DecodedRecord[],
  encoding: Encoding,
  deps: ReceiveDeps,
): Received {
  // One set for the whole request, whatever is reloaded meanwhile: its hash is stored with the counts.
  const rules = deps.rules();
  const excluded = new Map<string, number>();
  const received: Received = {
    bytes,
    received: records.length,
    events: [],
    excluded,
    quarantined: [],
    rulesHash: rules.hash,
  };
  for (const record of records) {
    const made =
      record.status === 'read'
        ? eventOfRecord(record, deps.foreignRecords)
        : record;
    if (made.status !== 'event') {
      const raw = record.status === 'read' ? record.raw() : record.raw;
      const { reason, detail } = made;
      received.quarantined.push({
        reason,
        detail,
        encoding: encoding.name,
        raw,
      });
      continue;
    }
    const rule = rules.excludedBy(made.event);
    if (rule === undefined)
      received.events.push(fitSizes(made.event, sizeOf(record)));
    else excluded.set(rule, (excluded.get(rule) ?? 0) + 1);
  }
  return received;
}

/** On the wire; only records that were read become events. */
function sizeOf(record: DecodedRecord): number {
  return record.status === 'read' ? record.size : Infinity;
}
