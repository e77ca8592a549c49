import type { AuditEvent } from '../audit-event';

/** A record that could not be read or stored, with its bytes. */
export interface QuarantinedRecord {
  /** A short code, such as `invalid-utf8`. */
  reason: string;
  /** What exactly was wrong, as a sentence. */
  detail: string;
  encoding: 'protobuf' | 'json';
  raw: Uint8Array;
}

/** What became of the records of one request, before the database has its say about duplicates. */
export interface Received {
  /** Of the request's body, after decompression. */
  bytes: number;
  /** All records of the request: the events, the excluded and the quarantined. */
  received: number;
  events: AuditEvent[];
  /** Rule id to the number of records it kept out. */
  excluded: ReadonlyMap<string, number>;
  quarantined: QuarantinedRecord[];
  /** SHA-256 of the rule set that was applied. */
  rulesHash: Uint8Array;
}

/** Stores what was received; resolves after the commit, rejects when nothing is known to be stored: a retry is safe. */
export type Commit = (received: Received) => Promise<void>;
