import { isJsonObject } from '../../json';
import type { JsonObject, JsonValue } from '../../json';
import { isSequence } from '../../place-in-stream';
import { streamEvent } from '../../stream-events';
import { uuidOf } from '../../uuid';

/** Ranges of one stream-gap record that are taken; the numbers of others are not declared. */
const MAX_RANGES_PER_GAP = 1_000;
/** Characters of its reason. */
const MAX_REASON_LENGTH = 1_000;

/** A record of the audit log itself that says something about streams. */
export interface StreamRecord {
  streamId: string;
  sequence: number;
  eventId: string;
  meta: JsonValue;
}

/** What it says. */
export type StreamMark =
  | { kind: 'previous'; streamId: string; previousId: string }
  | { kind: 'end'; streamId: string; sequence: number }
  | {
      kind: 'gap';
      streamId: string;
      /** First and last sequence number of each. */
      ranges: [number, number][];
      reason: string | undefined;
      /** How many records of each severity. */
      dropped: JsonObject | undefined;
    };

/**
 * Reads a record of the audit log about streams. Total: of what is not as emitters write it the parts that can be
 * understood are taken.
 *
 * @returns undefined for a record that says nothing about streams
 * @example
 * readStreamMark({ streamId, sequence: 9, eventId: 'stream-end', meta: {} });
 */
export function readStreamMark(record: StreamRecord): StreamMark | undefined {
  const { streamId, sequence, eventId } = record;
  const meta = isJsonObject(record.meta) ? record.meta : {};
  if (eventId === streamEvent.end) return { kind: 'end', streamId, sequence };
  if (eventId === streamEvent.start) {
    const previousId = idIn(meta['previousStreamId']);
    return previousId === undefined || previousId === streamId
      ? undefined
      : { kind: 'previous', streamId, previousId };
  }
  if (eventId !== streamEvent.gap) return undefined;
  const { reason, dropped } = meta;
  return {
    kind: 'gap',
    streamId: idIn(meta['streamId']) ?? streamId,
    ranges: rangesIn(meta),
    reason:
      typeof reason === 'string'
        ? reason.slice(0, MAX_REASON_LENGTH).toWellFormed()
        : undefined,
    dropped: isJsonObject(dropped) ? dropped : undefined,
  };
}

function idIn(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== ''
    ? uuidOf(value).uuid
    : undefined;
}

/** The list, or what it spans where there is none. */
function rangesIn(meta: JsonObject): [number, number][] {
  const { ranges, fromSequence, toSequence } = meta;
  const all: JsonValue[] = Array.isArray(ranges)
    ? ranges.slice(0, MAX_RANGES_PER_GAP)
    : [[fromSequence ?? null, toSequence ?? null]];
  return all.filter(isRange);
}

function isRange(value: JsonValue): value is [number, number] {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [from, to] = value as [JsonValue, JsonValue];
  return isSequence(from) && isSequence(to) && from <= to;
}
