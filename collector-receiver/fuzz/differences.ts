import { isUtf8 } from 'node:buffer';
import { inspect, isDeepStrictEqual } from 'node:util';
import type { FlatRecord } from '../test/kit/otlp-oracle';
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
      ({ oracle, flat }) =>
        isAboutUtf8(oracle) &&
        flat?.sanitized === true &&
        // It may be gone again, under a later value; in the record itself it would be a bug.
        (hasReplaced(flat.source) || !hasReplaced(flat.record)),
    'text that a later value of its field replaced was changed: flagged, though nothing of it is left':
      ({ flat, expected }) =>
        flat?.sanitized === true &&
        expected?.sanitized === false &&
        isDeepStrictEqual(flat, { ...expected, sanitized: true }),
    'a varint of more than 10 bytes is refused, where protobufjs passes over one in an unknown field':
      ({ ours }) =>
        ours !== undefined && /a varint has more than 10 bytes/.test(ours),
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

function isAboutUtf8(refusal: string | undefined): boolean {
  return refusal !== undefined && /not valid for encoding utf-8/.test(refusal);
}

function hasReplaced(part: object): boolean {
  return inspect(part, { depth: Infinity }).includes('\uFFFD');
}
