/** A length-delimited field, by hand. */
export function field(
  number: number,
  ...content: (Uint8Array | string)[]
): Buffer {
  const body = Buffer.concat(
    content.map((part) => Buffer.from(part as string)),
  );
  const length: number[] = [];
  let left = body.length;
  for (; left > 0x7f; left >>>= 7) length.push((left & 0x7f) | 0x80);
  return Buffer.concat([
    Buffer.from([(number << 3) | 2, ...length, left]),
    body,
  ]);
}
export const bytes = (...octets: number[]) => Uint8Array.from(octets);
/** A request with one record of these fields. */
export const requestOf = (...record: Uint8Array[]) =>
  field(1, field(2, field(2, ...record)));
export const text = (value: string | Uint8Array) => field(1, value);
export const attribute = (key: string, ...value: Uint8Array[]) =>
  field(6, field(1, key), field(2, ...value));
export const nestedList = (levels: number): Uint8Array => {
  let value: Uint8Array = text('x');
  for (let i = 0; i < levels; i++) value = field(5, field(1, value));
  return value;
};
