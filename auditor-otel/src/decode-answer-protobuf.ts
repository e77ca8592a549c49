import type { PartialSuccess } from './encoding';

/**
 * `ExportLogsServiceResponse`: partial_success 1 { rejected_log_records 1 int64, error_message 2 string }.
 * An answer that is not readable says nothing: undefined.
 */
export function decodeAnswer(body: Uint8Array): PartialSuccess | undefined {
  const partial = readFields(body)?.get(1);
  if (!(partial instanceof Uint8Array)) return undefined;
  const fields = readFields(partial);
  const rejected = fields?.get(1);
  return {
    rejected: typeof rejected === 'number' ? rejected : 0,
    message: textOf(fields?.get(2)),
  };
}

/** `google.rpc.Status`: code 1, message 2. */
export function decodeError(body: Uint8Array): string {
  return textOf(readFields(body)?.get(2));
}

type Field = number | Uint8Array;

function textOf(field: Field | undefined): string {
  return field instanceof Uint8Array ? Buffer.from(field).toString() : '';
}

/** The last value of each field, or undefined where the bytes are not protobuf. */
function readFields(body: Uint8Array): Map<number, Field> | undefined {
  const fields = new Map<number, Field>();
  const reader = { body, at: 0 };
  while (reader.at < body.length) {
    const tag = readVarint(reader);
    const field = tag === undefined ? undefined : readField(reader, tag & 7);
    if (tag === undefined || field === undefined) return undefined;
    fields.set(Math.floor(tag / 8), field);
  }
  return fields;
}

interface Reader {
  body: Uint8Array;
  at: number;
}

function readField(reader: Reader, wireType: number): Field | undefined {
  if (wireType === 0) return readVarint(reader);
  if (wireType === 1) return take(reader, 8);
  if (wireType === 2) return take(reader, readVarint(reader));
  return wireType === 5 ? take(reader, 4) : undefined;
}

function take(
  reader: Reader,
  length: number | undefined,
): Uint8Array | undefined {
  if (length === undefined || length > reader.body.length - reader.at)
    return undefined;
  reader.at += length;
  return reader.body.subarray(reader.at - length, reader.at);
}

function readVarint(reader: Reader): number | undefined {
  let value = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = reader.body[reader.at++];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  return undefined;
}
