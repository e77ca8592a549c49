import type { EventSource } from 'audit-event';
import type { Decoded, DecodedRecord } from '../decode/decoded';
import type { Draft } from './draft';
import type { WriteMeta } from './write-draft';

/** Is shown the records of a request one by one, in order. */
export interface RecordVisitor {
  /**
   * A record of our own emitter, as where its fields lie. The draft is used again for the next one.
   *
   * @returns false to have the record read in full instead
   */
  draft(draft: Draft, source: EventSource, writeMeta: WriteMeta): boolean;
  record(record: DecodedRecord): void;
  /** Forgets all records so far: they will be shown again, read another way. */
  restart(): void;
}

/** How a request was visited; of one that is not `visited` no record counts. */
export type Visited =
  { status: 'visited' } | Exclude<Decoded, { status: 'decoded' }>;
