import type {
  Decoded,
  DecodedRecord,
  ReadRecord,
  UnreadableRecord,
} from '../../src/decode/decoded';
import type { FlatRecord } from './otlp-oracle';

function recordsOf(decoded: Decoded): DecodedRecord[] {
  if (decoded.status === 'decoded') return decoded.records;
  throw new Error(`expected decoded, got ${decoded.status}: ${decoded.reason}`);
}

/** All records, every one of them readable, in the form of the oracle. */
export function flatRecords(decoded: Decoded): FlatRecord[] {
  return recordsOf(decoded).map((one) => {
    if (one.status !== 'read') throw new Error(`unreadable: ${one.detail}`);
    const sanitized = one.flags.includes('sanitized');
    return { record: one.record, source: one.source, sanitized };
  });
}

/** The one readable record of a request that has no other. */
export function onlyRecord(decoded: Decoded): ReadRecord {
  const [record, ...others] = recordsOf(decoded);
  if (record?.status === 'read' && others.length === 0) return record;
  throw new Error(
    `expected one readable record, got ${JSON.stringify(record)}`,
  );
}

/** The one unreadable record of a request. */
export function onlyUnreadable(decoded: Decoded): UnreadableRecord {
  const [record, ...others] = recordsOf(decoded).filter(
    (one) => one.status === 'unreadable',
  );
  if (record && others.length === 0) return record;
  throw new Error(`expected one unreadable record, got ${others.length}`);
}
