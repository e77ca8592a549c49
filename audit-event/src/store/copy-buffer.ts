const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** Microseconds from 1970 to 2000, where Postgres' clock begins. */
const POSTGRES_EPOCH_US = 946_684_800_000_000n;
const TEXT_OID = 25;
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
 * await connection.copyIn('copy t from stdin (format binary)', rows.finish());
 */
export class CopyBuffer {
  private bytes = Buffer.allocUnsafe(INITIAL_BYTES);
  private length = SIGNATURE.copy(this.bytes);

  beginRow(fields: number): void {
    this.reserve(2);
    this.length = this.bytes.writeInt16BE(fields, this.length);
  }

  text(value: string | null | undefined): void {
    if (value == null) return this.null();
    // A UTF-16 unit takes at most three bytes of UTF-8.
    this.reserve(4 + value.length * 3);
    const size = this.bytes.write(value, this.length + 4);
    this.bytes.writeInt32BE(size, this.length);
    this.length += 4 + size;
  }

  /** JSON text into a jsonb column. */
  jsonb(json: string | null | undefined): void {
    if (json == null) return this.null();
    this.reserve(5 + json.length * 3);
    const size = this.bytes.write(json, this.length + 5);
    this.bytes.writeInt32BE(size + 1, this.length);
    this.bytes[this.length + 4] = 1; // the version of the format
    this.length += 5 + size;
  }

  int2(value: number | null | undefined): void {
    if (value == null) return this.null();
    this.size(2);
    this.length = this.bytes.writeInt16BE(value, this.length);
  }

  int4(value: number | null | undefined): void {
    if (value == null) return this.null();
    this.size(4);
    this.length = this.bytes.writeInt32BE(value, this.length);
  }

  int8(value: number | bigint | null | undefined): void {
    if (value == null) return this.null();
    this.size(8);
    this.length = this.bytes.writeBigInt64BE(BigInt(value), this.length);
  }

  /** Nanoseconds since 1970, cut to the microsecond, into a timestamptz column. */
  timestamp(nanoseconds: bigint | null | undefined): void {
    if (nanoseconds == null) return this.null();
    this.int8(nanoseconds / 1000n - POSTGRES_EPOCH_US);
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

  /** The bytes so far with the trailer. The buffer must not be written to after. */
  finish(): Buffer {
    this.reserve(2);
    this.length = this.bytes.writeInt16BE(-1, this.length);
    return this.bytes.subarray(0, this.length);
  }

  private null(): void {
    this.reserve(4);
    this.length = this.bytes.writeInt32BE(-1, this.length);
  }

  private size(size: number): void {
    this.reserve(4 + size);
    this.length = this.bytes.writeInt32BE(size, this.length);
  }

  private reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(
      Math.max(this.bytes.length * 2, this.length + size),
    );
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
