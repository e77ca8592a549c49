/** A length-delimited field, by hand. */
export function field(
  number: number,
  ...content: (Uint8Array | string)[]
): Buffer {
  const body = Buffer.concat(
    content.map((part) => Buffer.from(part as string)),
  );
  return Buffer.concat([headOf((number << 3) | 2, body.length), body]);
}

function headOf(tag: number, length: number): Buffer {
  const octets = [tag];
  let left = length;
  for (; left > 0x7f; left >>>= 7) octets.push((left & 0x7f) | 0x80);
  return Buffer.from([...octets, left]);
}
export const bytes = (...octets: number[]) => Uint8Array.from(octets);
/** A request with one record of these fields. */
export const requestOf = (...record: Uint8Array[]) =>
  field(1, field(2, field(2, ...record)));
/** A fixed64 field, such as a time. */
export const fixed64 = (number: number, value: bigint): Buffer => {
  const out = Buffer.alloc(9, (number << 3) | 1);
  out.writeBigUInt64LE(value, 1);
  return out;
};
export const text = (value: string | Uint8Array) => field(1, value);
export const attribute = (key: string, ...value: Uint8Array[]) =>
  field(6, field(1, key), field(2, ...value));
/** Lists inside each other: the heads from the outermost to the innermost, then the one text. */
export const nestedList = (levels: number): Uint8Array => {
  const inner = text('x');
  const heads: Buffer[] = [];
  let { length } = inner;
  for (let i = 0; i < levels; i++) {
    for (const tag of [0x0a, 0x2a]) {
      const head = headOf(tag, length);
      heads.push(head);
      length += head.length;
    }
  }
  return Buffer.concat([...heads.reverse(), inner]);
};
