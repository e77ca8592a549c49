import type { Decoded, DecodedRecord, RecordVisitor, Visited } from './decoded';

/** Gathers all records of a visit, each read in full. */
export function readAll(visit: (visitor: RecordVisitor) => Visited): Decoded {
  const records: DecodedRecord[] = [];
  const visited = visit({
    draft: () => false,
    record: (record) => void records.push(record),
    restart: () => void records.splice(0),
  });
  return visited.status === 'visited'
    ? { status: 'decoded', records }
    : visited;
}
