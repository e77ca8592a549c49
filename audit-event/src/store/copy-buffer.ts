import { isUtf8 } from 'node:buffer';

/** What comes before the first row, and after the last. */
export const COPY_HEADER = Buffer.from(
  'PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0',
  'latin1',
);
export const COPY_TRAILER = Buffer.from([0xff, 0xff]);

/** Microseconds from 1970 to 2000, where Postgres' clock begins. */
const POSTGRES_EPOCH_US = 946_684_800_000_000;
const TEXT_OID = 25;
const TWO_32 = 0x1_0000_0000;
const INITIAL_BYTES = 64 * 1024;

/**
 * Rows in Postgres' binary COPY format, field by field
 * (https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format"). Every writer takes null or undefined for
 * SQL null.
 *
 * @example
 * const rows = new CopyBuffer();
 * rows.beginRow(2);
 * rows.text('user:default/john');
 * rows.int8(7);
 */
export class CopyBuffer {
  bytes: Buffer;
  length = 0;
  private view: DataView;

  constructor(initialBytes = INITIAL_BYTES) {
    this.bytes = Buffer.allocUnsafe(initialBytes);
    this.view = viewOf(this.bytes);
  }

  beginRow(fields: number): void {
    this.reserve(2);
    this.view.setInt16(this.length, fields);
    this.length += 2;
  }

  text(value: string | null | undefined): void {
    if (value == null) return this.null();
    // A UTF-16 unit takes at most three bytes of UTF-8.
    this.reserve(4 + value.length * 3);
    const size = this.bytes.write(value, this.length + 4);
    this.view.setInt32(this.length, size);
    this.length += 4 + size;
  }

  /**
   * Text that lies in other bytes, without making a string of it.
   *
   * @returns false, with nothing written, when Postgres would refuse it: it is not UTF-8 or holds U+0000
   */
  textWithin(source: Uint8Array, start: number, end: number): boolean {
    this.reserve(4 + end - start);
    const { bytes } = this;
    let at = this.length + 4;
    let seen = 0;
    for (let i = start; i < end; i++) {
      const byte = source[i]!;
      if (byte === 0) return false;
      seen |= byte;
      bytes[at++] = byte;
    }
    if (seen >= 0x80 && !isUtf8(source.subarray(start, end))) return false;
    this.view.setInt32(this.length, end - start);
    this.length = at;
    return true;
  }

  /** JSON text into a jsonb column. */
  jsonb(json: string | null | undefined): void {
    if (json == null) return this.null();
    const start = this.beginJsonb();
    this.reserve(json.length * 3);
    this.length += this.bytes.write(json, this.length);
    this.endField(start);
  }

  /** Begins a jsonb field, whose JSON text is then written by `byte` and its like; `endField` ends it. */
  beginJsonb(): number {
    this.reserve(5);
    this.bytes[this.length + 4] = 1; // the version of the format
    this.length += 5;
    return this.length - 5;
  }

  /** Ends the field that began at `start`. */
  endField(start: number): void {
    this.view.setInt32(start, this.length - start - 4);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** Characters below U+0080. */
  ascii(text: string): void {
    this.reserve(text.length);
    const { bytes } = this;
    for (let i = 0; i < text.length; i++)
      bytes[this.length++] = text.charCodeAt(i);
  }

  int2(value: number | null | undefined): void {
    if (value == null) return this.null();
    this.size(2);
    this.view.setInt16(this.length, value);
    this.length += 2;
  }

  int4(value: number | null | undefined): void {
    if (value == null) return this.null();
    this.size(4);
    this.view.setInt32(this.length, value);
    this.length += 4;
  }

  /** A safe integer. */
  int8(value: number | null | undefined): void {
    if (value == null) return this.null();
    this.size(8);
    this.view.setInt32(this.length, Math.floor(value / TWO_32));
    this.view.setInt32(this.length + 4, value | 0);
    this.length += 8;
  }

  /** Any 64-bit integer. */
  bigint(value: bigint | null | undefined): void {
    if (value == null) return this.null();
    this.size(8);
    this.view.setBigInt64(this.length, value);
    this.length += 8;
  }

  /** Nanoseconds since 1970, cut to the microsecond, into a timestamptz column. */
  timestamp(nanoseconds: bigint | null | undefined): void {
    if (nanoseconds == null) return this.null();
    this.bigint(nanoseconds / 1000n - BigInt(POSTGRES_EPOCH_US));
  }

  /** Microseconds since 1970, a safe integer, into a timestamptz column. */
  microseconds(value: number | null | undefined): void {
    if (value == null) return this.null();
    this.int8(value - POSTGRES_EPOCH_US);
  }

  uuid(value: string | null | undefined): void {
    this.hex(value?.replaceAll('-', ''));
  }

  /** Hexadecimal digits into a bytea column. */
  hex(value: string | null | undefined): void {
    if (value == null) return this.null();
    const size = value.length / 2;
    this.size(size);
    this.length += this.bytes.write(value, this.length, size, 'hex');
  }

  /** Bytes into a bytea column. */
  bytesWithin(source: Uint8Array, start: number, end: number): void {
    this.size(end - start);
    const { bytes } = this;
    for (let i = start; i < end; i++) bytes[this.length++] = source[i]!;
  }

  textArray(values: readonly string[] | null | undefined): void {
    if (values == null) return this.null();
    const elements = values.map((value) => Buffer.from(value));
    const size = elements.reduce((sum, { length }) => sum + 4 + length, 20);
    this.size(size);
    const header = [1, 0, TEXT_OID, elements.length, 1]; // dimensions, has nulls, type, length, lower bound
    for (const field of header)
      this.length = this.bytes.writeInt32BE(field, this.length);
    for (const element of elements) {
      this.length = this.bytes.writeInt32BE(element.length, this.length);
      this.length += element.copy(this.bytes, this.length);
    }
  }

  null(): void {
    this.size(-1, 0);
  }

  /** Writes the size of a field, for whose bytes there is room then. */
  size(size: number, room = size): void {
    this.reserve(4 + room);
    this.view.setInt32(this.length, size);
    this.length += 4;
  }

  reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(
      Math.max(this.bytes.length * 2, this.length + size),
    );
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
    this.view = viewOf(larger);
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
