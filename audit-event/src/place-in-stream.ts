import { attribute } from './attribute-names';
import type { JsonValue } from './json';
import type { LogRecord } from './log-record';
import { uuidOf } from './uuid';

/** Where a record stands in the stream of its emitter. */
export interface PlaceInStream {
  streamId: string;
  sequence: number;
}

/**
 * Where a record says that it stands, undefined when it does not say so: for records that become no event, read as
 * `fromLogRecord` reads it.
 *
 * @example
 * placeInStream(record)?.sequence; // 17
 */
export function placeInStream({
  attributes,
}: Pick<LogRecord, 'attributes'>): PlaceInStream | undefined {
  const streamId = attributes[attribute.streamId];
  const sequence = attributes[attribute.sequence];
  if (typeof streamId !== 'string' || !isSequence(sequence)) return undefined;
  return { streamId: uuidOf(streamId).uuid, sequence };
}

/** Whether a value is a sequence number: a whole one from 0 that JavaScript can hold. */
export function isSequence(value: JsonValue | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
