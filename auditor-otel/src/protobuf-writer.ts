/** The wire type in the low three bits of a tag. */
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** Of 64 bits. */
const VARINT_BYTES = 10;

const START_BYTES = 16 * 1024;
/** One huge message must not hold its memory for ever. */
const MAX_KEPT_BYTES = 1024 * 1024;

/** Writes protobuf into one growing buffer that is used again for the next message. */
export class ProtobufWriter {
  private buffer: Buffer = Buffer.allocUnsafe(0);
  private view = new DataView(this.buffer.buffer);
  private end = 0;

  constructor() {
    this.use(Buffer.allocUnsafe(START_BYTES));
  }

  /** What was written since the last `finish`, as bytes of its own. */
  finish(): Uint8Array {
    const bytes = Buffer.allocUnsafe(this.end);
    this.buffer.copy(bytes, 0, 0, this.end);
    this.end = 0;
    if (this.buffer.length > MAX_KEPT_BYTES)
      this.use(Buffer.allocUnsafe(START_BYTES));
    return bytes;
  }

  /** Forgets what a failed message left behind. */
  reset(): void {
    this.end = 0;
  }

  /** An int32, int64, uint32, enum or bool field. */
  integer(field: number, value: number): void {
    this.tag(field, VARINT);
    if (value >= 0) this.varint(value);
    else this.negative(value);
  }

  fixed64(field: number, value: bigint): void {
    this.tag(field, FIXED64);
    this.reserve(8);
    this.view.setBigUint64(this.end, value, true);
    this.end += 8;
  }

  fixed32(field: number, value: number): void {
    this.tag(field, FIXED32);
    this.reserve(4);
    this.view.setUint32(this.end, value, true);
    this.end += 4;
  }

  double(field: number, value: number): void {
    this.tag(field, FIXED64);
    this.reserve(8);
    this.view.setFloat64(this.end, value, true);
    this.end += 8;
  }

  bytes(field: number, value: Uint8Array): void {
    this.tag(field, BYTES);
    this.varint(value.length);
    this.raw(value);
  }

  /** Bytes given as hexadecimal digits. */
  hex(field: number, digits: string): void {
    const start = this.open(field);
    this.reserve(digits.length);
    this.end += this.buffer.write(digits, this.end, 'hex');
    this.close(start);
  }

  text(field: number, value: string): void {
    this.tag(field, BYTES);
    this.reserve(value.length * 3 + VARINT_BYTES);
    const start = this.end;
    const size = varintSize(value.length);
    const length = this.utf8(value, start + size);
    // Only in ASCII the bytes are as many as the UTF-16 units.
    const extra = varintSize(length) - size;
    if (extra > 0)
      this.buffer.copyWithin(
        start + size + extra,
        start + size,
        start + size + length,
      );
    this.putVarint(length);
    this.end += length;
  }

  /** Bytes as they are: one or more fields that were encoded before. */
  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.end);
    this.end += bytes.length;
  }

  /**
   * Begins a nested message, which has to be closed.
   *
   * @returns what `close` must be given
   */
  open(field: number): number {
    this.tag(field, BYTES);
    this.reserve(1);
    return this.end++;
  }

  /** Ends a nested message: puts its length where `open` left one byte free. */
  close(start: number): void {
    const length = this.end - start - 1;
    const extra = varintSize(length) - 1;
    if (extra > 0) {
      this.reserve(extra);
      this.buffer.copyWithin(start + 1 + extra, start + 1, this.end);
    }
    this.end = start;
    // No room is made any more: what was written lies behind the end for now, and would not be taken along.
    this.putVarint(length);
    this.end += length;
  }

  /**
   * A nested message of two fields: one that was encoded before, tag of the second included, and a message that holds
   * nothing but a text in its field 1, such as a string attribute. The same bytes as `open`, `raw` and `text` give, without
   * moving any: the lengths are known where the text is ASCII.
   *
   * @returns false, and nothing is written, where the text is not ASCII
   */
  asciiPair(field: number, head: Uint8Array, value: string): boolean {
    const textSize = varintSize(value.length);
    const inner = 1 + textSize + value.length;
    const outer = head.length + varintSize(inner) + inner;
    const before = this.end;
    this.reserve(value.length * 3 + head.length + 4 * VARINT_BYTES);
    this.putVarint(field * 8 + BYTES);
    this.putVarint(outer);
    this.raw(head);
    this.putVarint(inner);
    this.buffer[this.end++] = 8 + BYTES;
    this.putVarint(value.length);
    const isAscii = this.utf8(value, this.end) === value.length;
    this.end = isAscii ? this.end + value.length : before;
    return isAscii;
  }

  /** Writes a text for which there is room. @returns its length in bytes */
  private utf8(value: string, at: number): number {
    // A call into C++ costs as much as some dozen characters here.
    if (value.length > 12) return this.buffer.write(value, at, 'utf8');
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 0x7f) return this.buffer.write(value, at, 'utf8');
      this.buffer[at + i] = unit;
    }
    return value.length;
  }

  private tag(field: number, wireType: number): void {
    this.varint(field * 8 + wireType);
  }

  private varint(value: number): void {
    this.reserve(VARINT_BYTES);
    this.putVarint(value);
  }

  private putVarint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.buffer[this.end++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.buffer[this.end++] = rest;
  }

  private negative(value: number): void {
    this.reserve(VARINT_BYTES);
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest > 0x7fn) {
      this.buffer[this.end++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.buffer[this.end++] = Number(rest);
  }

  private reserve(bytes: number): void {
    if (this.end + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(
      Math.max(this.buffer.length * 2, this.end + bytes),
    );
    this.buffer.copy(larger, 0, 0, this.end);
    this.use(larger);
  }

  private use(buffer: Buffer): void {
    this.buffer = buffer;
    this.view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  }
}

function varintSize(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  let size = 3;
  for (let rest = value; rest > 0x1f_ffff; rest = Math.floor(rest / 0x80))
    size++;
  return size;
}
