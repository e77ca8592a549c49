import { timeText } from './time-text';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTED = 0x20;
const ZERO = 0x30;
const DAY_MS = 86_400_000;
/** Of hours, minutes, seconds, milliseconds and quotes. */
const TIME_BYTES = 16;
/** A byte becomes no more than so many: \u0000. */
const MOST_ESCAPED = 6;

/** How control characters, quotes and backslashes are written (RFC 8259, 7), by their code. */
const ESCAPES = Array.from({ length: BACKSLASH + 1 }, (_, code) =>
  Buffer.from(JSON.stringify(String.fromCharCode(code)).slice(1, -1)),
);

/**
 * Writes JSON as bytes, from UTF-8 as it came: no text is made of it on the way.
 *
 * @example
 * const json = new JsonBytes(1_024);
 * json.raw(Buffer.from('{"id" : '));
 * json.text(bytes, start, end);
 */
export class JsonBytes {
  private out: Buffer;
  private length = 0;
  private day = NaN;
  private dayText = Buffer.alloc(0);

  /** @param size how many bytes to make room for at first */
  constructor(size: number) {
    this.out = Buffer.allocUnsafe(size);
  }

  /** What was written; it is not changed any more when this is not written to. */
  get bytes(): Buffer {
    return this.out.subarray(0, this.length);
  }

  raw(piece: Uint8Array): void {
    this.reserve(piece.length);
    this.out.set(piece, this.length);
    this.length += piece.length;
  }

  /** What is JSON already. */
  json(bytes: Buffer, start: number, end: number): void {
    this.reserve(end - start);
    this.length += bytes.copy(this.out, this.length, start, end);
  }

  /** A text in quotes. */
  text(bytes: Buffer, start: number, end: number): void {
    this.reserve(2 + (end - start) * MOST_ESCAPED);
    const { out } = this;
    let at = this.length;
    out[at++] = QUOTE;
    for (let from = start; from < end; from++) {
      const byte = bytes[from]!;
      if (byte >= FIRST_PRINTED && byte !== QUOTE && byte !== BACKSLASH)
        out[at++] = byte;
      else for (const one of ESCAPES[byte]!) out[at++] = one;
    }
    out[at++] = QUOTE;
    this.length = at;
  }

  /** A time in quotes, in UTC to the millisecond. */
  time(ms: number): void {
    const day = Math.floor(ms / DAY_MS);
    if (day !== this.day) {
      this.day = day;
      const text = timeText(day * DAY_MS);
      this.dayText = Buffer.from(`"${text.slice(0, text.indexOf('T') + 1)}`);
    }
    this.reserve(this.dayText.length + TIME_BYTES);
    this.raw(this.dayText);
    const ofDay = ms - day * DAY_MS;
    const seconds = Math.floor(ofDay / 1_000);
    const minutes = Math.floor(seconds / 60);
    this.digits(Math.floor(minutes / 60), 2, ':');
    this.digits(minutes % 60, 2, ':');
    this.digits(seconds % 60, 2, '.');
    this.digits(ofDay % 1_000, 3, 'Z');
    this.out[this.length++] = QUOTE;
  }

  private digits(value: number, count: number, behind: string): void {
    let left = value;
    for (let at = this.length + count - 1; at >= this.length; at--) {
      this.out[at] = ZERO + (left % 10);
      left = Math.floor(left / 10);
    }
    this.length += count;
    this.out[this.length++] = behind.charCodeAt(0);
  }

  private reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.out.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.out.length));
    this.out.copy(larger, 0, 0, this.length);
    this.out = larger;
  }
}
