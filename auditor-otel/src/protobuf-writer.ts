/** The wire type in the low three bits of a tag. */
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** Writes protobuf into one growing buffer that is used again for the next message. */
export class ProtobufWriter {
  private buffer: Buffer = Buffer.allocUnsafe(16 * 1024);
  private end = 0;

  /** What was written since the last `finish`, as bytes of its own. */
  finish(): Uint8Array {
    const bytes = Buffer.from(this.buffer.subarray(0, this.end));
    this.end = 0;
    // One huge message must not hold its memory for ever.
    if (this.buffer.length > 1024 * 1024)
      this.buffer = Buffer.allocUnsafe(16 * 1024);
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
    this.end = this.buffer.writeBigUInt64LE(
      BigInt.asUintN(64, value),
      this.end,
    );
  }

  fixed32(field: number, value: number): void {
    this.tag(field, FIXED32);
    this.reserve(4);
    this.end = this.buffer.writeUInt32LE(value >>> 0, this.end);
  }

  double(field: number, value: number): void {
    this.tag(field, FIXED64);
    this.reserve(8);
    this.end = this.buffer.writeDoubleLE(value, this.end);
  }

  bytes(field: number, value: Uint8Array): void {
    this.tag(field, BYTES);
    this.varint(value.length);
    this.reserve(value.length);
    this.buffer.set(value, this.end);
    this.end += value.length;
  }

  text(field: number, value: string): void {
    this.message(field, () => {
      this.reserve(value.length * 3);
      this.end += this.buffer.write(value, this.end, 'utf8');
    });
  }

  /** A nested message: whatever `write` writes. */
  message(field: number, write: () => void): void {
    this.tag(field, BYTES);
    const start = this.end;
    this.reserve(1);
    this.end = start + 1;
    write();
    this.insertLength(start);
  }

  /** Puts the length before the bytes from `start + 1` on, where one byte was left free for it. */
  private insertLength(start: number): void {
    const length = this.end - start - 1;
    const extra = varintSize(length) - 1;
    if (extra > 0) {
      this.reserve(extra);
      this.buffer.copyWithin(start + 1 + extra, start + 1, this.end);
    }
    const end = this.end + extra;
    this.end = start;
    this.varint(length);
    this.end = end;
  }

  private tag(field: number, wireType: number): void {
    this.varint(field * 8 + wireType);
  }

  private varint(value: number): void {
    this.reserve(10);
    let rest = value;
    while (rest > 0x7f) {
      this.buffer[this.end++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.buffer[this.end++] = rest;
  }

  private negative(value: number): void {
    this.reserve(10);
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
    this.buffer = larger;
  }
}

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 0x80)) size++;
  return size;
}
