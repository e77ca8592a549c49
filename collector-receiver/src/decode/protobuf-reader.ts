import { isUtf8 } from 'node:buffer';
import type { JsonValue } from 'audit-event';
import { cleanText } from './clean-text';
import type { UnreadableReason } from './decoded';
import { limits } from './limits';
import { integerValue } from './number-value';
import { knownText, rememberText } from './text-cache';

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const GROUP = 3;
const END_GROUP = 4;
const FIXED32 = 5;

/**
 * Reads protobuf fields between `pos` and `end` of foreign bytes. It never throws and never reads past `end`: the first
 * thing wrong is kept in `failure`, after which `nextTag` gives 0, so that every loop ends, and whoever started the
 * message looks at `failure` once.
 *
 * Wire format: https://protobuf.dev/programming-guides/encoding/
 */
export class ProtobufReader {
  bytes: Buffer;
  pos = 0;
  end: number;
  /** The first thing wrong. */
  failure: { reason: UnreadableReason; detail: string } | undefined;
  /** Whether text had to be changed. */
  sanitized = false;
  /** Take invalid UTF-8 as U+FFFD rather than as a failure. */
  lenient = false;
  /** How many more values the message may hold. */
  valuesLeft: number = limits.valuesPerRecord;
  private joinedLeft: number = limits.joinedBytes;
  private low = 0;
  private high = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.byteLength;
  }

  /** Goes to a message of its own: what went wrong before is forgotten. */
  startMessage(start: number, end: number, lenient: boolean): void {
    this.pos = start;
    this.end = end;
    this.failure = undefined;
    this.sanitized = false;
    this.lenient = lenient;
    this.valuesLeft = limits.valuesPerRecord;
    this.joinedLeft = limits.joinedBytes;
  }

  fail(reason: UnreadableReason, detail: string): void {
    this.failure ??= { reason, detail: `${detail} (byte ${this.pos})` };
  }

  /** Field number times 8 plus wire type of the next field, 0 at the end or after a failure. */
  nextTag(): number {
    if (this.failure !== undefined || this.pos >= this.end) return 0;
    this.readVarint();
    if (this.failure !== undefined) return 0;
    if (this.high !== 0 || this.low >>> 3 === 0) {
      this.fail('broken-record', 'expected a field number from 1 to 2^29 - 1');
      return 0;
    }
    return this.low;
  }

  /** Passes over the value of a field that nobody asked for. */
  skip(tag: number): void {
    if ((tag & 7) === GROUP) this.skipGroup(tag >>> 3);
    else if ((tag & 7) === END_GROUP)
      this.fail('broken-record', 'a group ends that did not begin');
    else this.skipPlain(tag & 7);
  }

  /** Passes over a length-delimited value and returns where it begins; it ends at `pos`. */
  readSpan(): number {
    this.readVarint();
    const start = this.pos;
    // Lengths are compared unsigned and with their upper half, so that none wraps round.
    if (this.high !== 0 || this.low > this.end - start) {
      this.fail('broken-record', 'a length goes past the end of its message');
      return start;
    }
    this.pos = start + this.low;
    return start;
  }

  /** Reads an embedded message with `read`, which sees nothing beyond it. */
  readMessage<T>(read: (reader: ProtobufReader) => T): T {
    const start = this.readSpan();
    return this.readWithin(start, this.pos, read);
  }

  /** Reads the bytes between two offsets with `read` and comes back to where it was. */
  readWithin<T>(
    start: number,
    end: number,
    read: (reader: ProtobufReader) => T,
  ): T {
    const { pos, end: outerEnd } = this;
    this.pos = start;
    this.end = end;
    const result = read(this);
    this.pos = pos;
    this.end = outerEnd;
    return result;
  }

  /**
   * Reads one embedded message that came in pieces, given as pairs of start and end: to merge messages is to read
   * their bytes in a row (https://protobuf.dev/programming-guides/encoding/#last-one-wins).
   */
  readPieces<T>(
    pieces: readonly number[],
    read: (reader: ProtobufReader) => T,
  ): T {
    if (pieces.length === 2)
      return this.readWithin(pieces[0]!, pieces[1]!, read);
    const { bytes } = this;
    // Each has to be whole in itself: a field may not begin in one and end in the next.
    for (let i = 0; i < pieces.length; i += 2)
      this.readWithin(pieces[i]!, pieces[i + 1]!, skipAll);
    const joined = Buffer.concat(this.affordable(pieces));
    this.bytes = joined;
    const result = this.readWithin(0, joined.length, read);
    this.bytes = bytes;
    return result;
  }

  readBool(): boolean {
    this.readVarint();
    return this.low !== 0 || this.high !== 0;
  }

  /** A signed 64-bit integer in JSON form. */
  readInt64(): JsonValue {
    this.readVarint();
    return integerValue(this.high, this.low);
  }

  /** The low 32 bits of a varint, as every 32-bit type reads them. */
  readUint32(): number {
    this.readVarint();
    return this.low;
  }

  readFixed32(): number {
    return this.advance(4) ? this.bytes.readUInt32LE(this.pos - 4) : 0;
  }

  readFixed64(): bigint {
    return this.advance(8) ? this.bytes.readBigUInt64LE(this.pos - 8) : 0n;
  }

  readDouble(): number {
    return this.advance(8) ? this.bytes.readDoubleLE(this.pos - 8) : 0;
  }

  /** Text that Postgres can hold; `sanitized` tells when it differs from what was sent. */
  readString(): string {
    const start = this.readSpan();
    const end = this.pos;
    const { bytes } = this;
    const known = knownText(bytes, start, end);
    if (known !== undefined) return known;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === 0 || byte >= 0x80) return this.anyText(start, end);
    }
    return rememberText(bytes, start, end);
  }

  private anyText(start: number, end: number): string {
    const sent = this.bytes.toString('utf8', start, end);
    const valid =
      !sent.includes('\uFFFD') || isUtf8(this.bytes.subarray(start, end));
    if (!valid && !this.lenient) {
      this.fail('invalid-utf8', 'text is not valid UTF-8');
      return '';
    }
    const text = cleanText(sent);
    if (!valid || text !== sent) this.sanitized = true;
    return text;
  }

  private affordable(pieces: readonly number[]): Buffer[] {
    const parts: Buffer[] = [];
    for (let i = 0; i < pieces.length; i += 2) {
      this.joinedLeft -= pieces[i + 1]! - pieces[i]!;
      if (this.joinedLeft < 0) {
        this.fail(
          'too-scattered',
          `more than ${limits.joinedBytes} bytes of split messages`,
        );
        return [];
      }
      parts.push(this.bytes.subarray(pieces[i], pieces[i + 1]));
    }
    return parts;
  }

  private skipPlain(wireType: number): void {
    if (wireType === VARINT) this.readVarint();
    else if (wireType === FIXED64) this.advance(8);
    else if (wireType === BYTES) this.readSpan();
    else if (wireType === FIXED32) this.advance(4);
    else this.fail('broken-record', `wire type ${wireType} does not exist`);
  }

  /** Groups are skipped with a list instead of recursion, which hostile bytes could drive to any depth. */
  private skipGroup(field: number): void {
    const open = [field];
    while (open.length > 0) {
      const tag = this.nextTag();
      if (tag === 0) return this.fail('broken-record', 'a group does not end');
      if ((tag & 7) === GROUP) open.push(tag >>> 3);
      else if ((tag & 7) !== END_GROUP) this.skipPlain(tag & 7);
      else if (open.pop() !== tag >>> 3)
        return this.fail('broken-record', 'a group ends inside another');
    }
  }

  private advance(count: number): boolean {
    if (count > this.end - this.pos) {
      this.fail('broken-record', 'a number goes past the end of its message');
      this.pos = this.end;
      return false;
    }
    this.pos += count;
    return true;
  }

  /** Up to 10 bytes, padded ones too (.NET writes lengths in 4), into `low` and `high`, both unsigned. */
  private readVarint(): void {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.pos >= this.end) {
        this.fail('broken-record', 'a varint goes past the end of its message');
        break;
      }
      const byte = this.bytes[this.pos++]!;
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift > 28) high |= bits << (shift - 32);
      else {
        low |= bits << 28;
        high = bits >>> 4;
      }
      if (byte < 0x80) {
        this.low = low >>> 0;
        this.high = high >>> 0;
        return;
      }
      if (shift === 63)
        this.fail('broken-record', 'a varint has more than 10 bytes');
    }
    this.low = 0;
    this.high = 0;
  }
}

function skipAll(reader: ProtobufReader): void {
  for (let tag = reader.nextTag(); tag !== 0; tag = reader.nextTag())
    reader.skip(tag);
}
