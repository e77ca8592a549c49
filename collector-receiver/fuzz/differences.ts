import { isUtf8 } from 'node:buffer';
import { isDeepStrictEqual } from 'node:util';
import type { LogRecord } from 'audit-event';
import { Reader } from 'protobufjs';
import {
  oracleRecords,
  requestTypeWithoutIndex,
} from '../test/kit/otlp-oracle';
import type { FlatRecord } from '../test/kit/otlp-oracle';
import { field } from '../test/kit/protobuf-bytes';
import { jsonOracle } from './json-oracle';

/** A disagreement over a request, or over one of its records. */
export interface Seen {
  /** Why ours did not read it. */
  ours?: string;
  /** Why the oracle did not. */
  oracle?: string;
  /** What ours read. */
  flat?: FlatRecord;
  /** What the oracle read. */
  expected?: FlatRecord;
  /** The record that was read, as a request of its own. */
  raw?: Uint8Array;
  /** Of the record in the request. */
  index: number;
  input: Buffer;
}

/** How our reading may differ from that of the oracle, and why; every other difference is a bug. */
export const differences: Record<
  'protobuf' | 'json',
  Record<string, (seen: Seen) => boolean>
> = {
  protobuf: {
    'invalid UTF-8 in resource, scope or schema URL is replaced and flagged, where protobufjs refuses the request':
      ({ oracle, flat, raw }) =>
        isAboutUtf8(oracle) &&
        flat?.sanitized === true &&
        raw !== undefined &&
        isDeepStrictEqual(flat.record, oracleWithoutSource(raw)),
    'text that a later value of its field replaced was changed: flagged, though nothing of it is left':
      ({ flat, expected }) =>
        flat?.sanitized === true &&
        expected?.sanitized === false &&
        isDeepStrictEqual(flat, { ...expected, sanitized: true }),
    'a varint of more than 10 bytes is refused, where protobufjs passes over one in an unknown field':
      ({ ours }) =>
        ours !== undefined && /a varint has more than 10 bytes/.test(ours),
    'a string table index, which belongs to profiles, leaves the text before it, where protobufjs puts it in its place':
      ({ flat, expected, index, input }) =>
        expected !== undefined &&
        isDeepStrictEqual(flat, recordsWithoutIndex(input)[index]),
  },
  json: {
    'bytes that are no UTF-8 are read as U+FFFD by both, and ours flags the record':
      ({ flat, expected, input }) =>
        !isUtf8(input) &&
        flat?.sanitized === true &&
        isDeepStrictEqual(flat, { ...expected, sanitized: true }),
    'a bare integer beyond 2^53 where text belongs is read as its digits: it was made text before JSON.parse':
      ({ oracle, flat, index, input }) =>
        oracle !== undefined &&
        isDeepStrictEqual(flat, jsonOracle(input, true)[index]),
  },
};

/** None where protobufjs refuses the request: without the index a text in its place is read, which may be no UTF-8. */
function recordsWithoutIndex(input: Buffer): FlatRecord[] {
  try {
    return oracleRecords(input, requestTypeWithoutIndex);
  } catch {
    return [];
  }
}

function isAboutUtf8(refusal: string | undefined): boolean {
  return refusal !== undefined && /not valid for encoding utf-8/.test(refusal);
}

/** What protobufjs makes of the record in a request of one record when resource and scope are left out. */
function oracleWithoutSource(raw: Uint8Array): LogRecord | undefined {
  const record = lastField(lastField(lastField(raw, 1), 2), 2);
  return oracleRecords(field(1, field(2, field(2, record))))[0]?.record;
}

function lastField(bytes: Uint8Array, number: number): Uint8Array {
  const reader = Reader.create(bytes);
  let content = new Uint8Array();
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === ((number << 3) | 2)) content = new Uint8Array(reader.bytes());
    else reader.skipType(tag & 7);
  }
  return content;
}
