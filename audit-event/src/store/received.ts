import type { Rows } from './rows';
import type { StreamRange } from './stream-ranges';

/** A record that could not be read or stored, with its bytes. */
export interface QuarantinedRecord {
  /** A short code, such as `invalid-utf8`. */
  reason: string;
  /** What exactly was wrong, as a sentence. */
  detail: string;
  encoding: 'protobuf' | 'json';
  raw: Uint8Array;
}

/** The events of one request. */
export interface ReceivedEvents {
  rows: Rows;
  /** A request that holds one record of this one alone, for the rare row that the database refuses. */
  raw: (record: number) => Pick<QuarantinedRecord, 'encoding' | 'raw'>;
}

/** What became of the records of one request, before the database has its say about duplicates. */
export interface Received {
  /** Of the request's body, after decompression. */
  bytes: number;
  /** All records of the request: the events, the excluded and the quarantined. */
  received: number;
  events: ReceivedEvents;
  /** Rule id to the number of records it kept out. */
  excluded: ReadonlyMap<string, number>;
  quarantined: QuarantinedRecord[];
  /** The sequence numbers of all these records, whatever became of them. */
  ranges: readonly StreamRange[];
  /** SHA-256 of the rule set that was applied. */
  rulesHash: Uint8Array;
}

/** Stores what was received; resolves after the commit, rejects when nothing is known to be stored: a retry is safe. */
export type Commit = (received: Received) => Promise<void>;
