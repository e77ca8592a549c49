/**
 * A length-delimited field of a protobuf message: text, bytes or another message.
 *
 * @param number at most 15, so that the tag is one byte
 * @example
 * field(2, Buffer.from('hi')); // 12 02 68 69
 */
export function field(number: number, content: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from([(number << 3) | 2]),
    varint(content.length),
    content,
  ]);
}

/** An integer field of a protobuf message, from 0 to 2^31 - 1. */
export function integer(number: number, value: number): Buffer {
  return Buffer.concat([Buffer.from([number << 3]), varint(value)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left > 0x7f; left >>>= 7) bytes.push((left & 0x7f) | 0x80);
  return Buffer.from([...bytes, left]);
}
