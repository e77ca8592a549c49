import { limits } from './limits';
import type { RecordGroup, Spans } from './protobuf-envelope';

/**
 * A request that holds one record of another request, byte for byte, with its resource and scope as long as `budget`,
 * the bytes that may be copied of them for the whole request, allows it.
 */
export function protobufOfOneRecord(
  bytes: Buffer,
  group: RecordGroup,
  start: number,
  end: number,
  budget: { left: number },
): Uint8Array {
  const record = field(2, [bytes.subarray(start, end)]);
  const size =
    sizeOf(group.resource) +
    sizeOf(group.scope) +
    sizeOf(group.resourceSchemaUrl) +
    sizeOf(group.scopeSchemaUrl);
  const whole = size <= Math.min(limits.rawSourceBytes, budget.left);
  if (!whole) return Buffer.concat(field(1, field(2, record)));
  budget.left -= size;
  const scopeLogs = field(2, [
    ...pieces(bytes, group.scope),
    ...record,
    ...schemaUrl(bytes, group.scopeSchemaUrl),
  ]);
  return Buffer.concat(
    field(1, [
      ...pieces(bytes, group.resource),
      ...scopeLogs,
      ...schemaUrl(bytes, group.resourceSchemaUrl),
    ]),
  );
}

function schemaUrl(bytes: Buffer, [start, end]: Spans): Buffer[] {
  return start === undefined
    ? []
    : [Buffer.from([0x1a]), bytes.subarray(start, end)];
}

function pieces(bytes: Buffer, spans: Spans): Buffer[] {
  const parts: Buffer[] = [];
  for (let i = 0; i < spans.length; i += 2)
    parts.push(...field(1, [bytes.subarray(spans[i], spans[i + 1])]));
  return parts;
}

function sizeOf(spans: Spans): number {
  let size = 0;
  for (let i = 0; i < spans.length; i += 2)
    size += spans[i + 1]! - spans[i]! + 2;
  return size;
}

/** A length-delimited field. */
function field(number: number, content: Buffer[]): Buffer[] {
  const head = [(number << 3) | 2];
  let length = content.reduce((sum, part) => sum + part.length, 0);
  for (; length > 0x7f; length >>>= 7) head.push((length & 0x7f) | 0x80);
  head.push(length);
  return [Buffer.from(head), ...content];
}
