import { isSame } from './attribute-slots';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

/** What can follow a backslash, but for `u`. */
const ESCAPES = Buffer.from('"\\/bfnrt');

/**
 * Walks over JSON without white space, as programs write it, without making values of it. Each method passes over what
 * it names if that comes next, and tells whether it did; where it did not, the cursor may be anywhere in it.
 */
export class JsonCursor {
  readonly bytes: Buffer;
  at = 0;
  /** Where the string, number or value passed last lies, without quotes. */
  start = 0;
  end = 0;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  take(byte: number): boolean {
    if (this.bytes[this.at] !== byte) return false;
    this.at += 1;
    return true;
  }

  /** Just these bytes. */
  literal(text: Uint8Array): boolean {
    const { bytes, at } = this;
    for (let i = 0; i < text.length; i++)
      if (bytes[at + i] !== text[i]) return false;
    this.at = at + text.length;
    return true;
  }

  /** A string without escapes. */
  string(): boolean {
    return this.take(QUOTE) && this.restOfString();
  }

  /** A string without escapes, behind its first quote. */
  restOfString(): boolean {
    const { bytes } = this;
    let { at } = this;
    this.start = at;
    for (let byte = bytes[at]!; byte !== QUOTE; byte = bytes[++at]!)
      // Not `byte < 0x20`: past the end of the bytes it is undefined.
      if (byte === BACKSLASH || !(byte >= 0x20)) return false;
    this.end = at;
    this.at = at + 1;
    return true;
  }

  /** A string, also with escapes of one letter: it lies as it is written. */
  escapedString(): boolean {
    if (!this.take(QUOTE)) return false;
    const { bytes } = this;
    let { at } = this;
    this.start = at;
    for (let byte = bytes[at]!; byte !== QUOTE; byte = bytes[++at]!) {
      if (byte === BACKSLASH) {
        if (!ESCAPES.includes(bytes[++at]!)) return false;
      } else if (!(byte >= 0x20)) return false;
    }
    this.end = at;
    this.at = at + 1;
    return true;
  }

  /** A member's name, and the colon. */
  name(): boolean {
    return this.string() && this.take(COLON);
  }

  /** Whether the string passed last is this word. */
  is(word: Uint8Array): boolean {
    return isSame(word, this.bytes, this.start, this.end);
  }

  /** An object of which `member` passes over each value; its name is the string passed last. */
  map(member: (cursor: this) => boolean): boolean {
    if (!this.take(OPEN_MAP)) return false;
    if (this.take(CLOSE_MAP)) return true;
    do if (!this.name() || !member(this)) return false;
    while (this.take(COMMA));
    return this.take(CLOSE_MAP);
  }

  /** A list of which `item` passes over each value. */
  list(item: (cursor: this) => boolean): boolean {
    if (!this.take(OPEN_LIST)) return false;
    if (this.take(CLOSE_LIST)) return true;
    do if (!item(this)) return false;
    while (this.take(COMMA));
    return this.take(CLOSE_LIST);
  }

  /** An object of one member with this name. */
  only(name: Uint8Array, value: (cursor: this) => boolean): boolean {
    return (
      this.take(OPEN_MAP) &&
      this.name() &&
      this.is(name) &&
      value(this) &&
      this.take(CLOSE_MAP)
    );
  }

  /** Digits without a leading zero, and what else numbers are made of, with or without quotes around them. */
  number(): boolean {
    const isQuoted = this.take(QUOTE);
    const { bytes } = this;
    let { at } = this;
    this.start = at;
    while (isOfNumber(bytes[at]!)) at += 1;
    this.end = at;
    this.at = at;
    if (
      at === this.start ||
      (bytes[this.start] === 0x30 && at > this.start + 1)
    )
      return false;
    return !isQuoted || bytes[this.at++] === QUOTE;
  }

  /** Whether nothing is left. */
  isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }

  /** An object, not looked into beyond its strings and brackets: it may be no JSON. */
  nested(): boolean {
    const { bytes } = this;
    if (!this.take(OPEN_MAP)) return false;
    let { at } = this;
    this.start = at - 1;
    for (let depth = 1; depth > 0;) {
      const byte = bytes[at++];
      if (byte === QUOTE) at = this.behindString(at);
      else if (byte === OPEN_MAP || byte === OPEN_LIST) depth += 1;
      else if (byte === CLOSE_MAP || byte === CLOSE_LIST) depth -= 1;
      else if (byte === undefined) return false;
    }
    this.at = this.end = at;
    return true;
  }

  private behindString(from: number): number {
    const { bytes } = this;
    for (let at = from; at < bytes.length; at++) {
      if (bytes[at] === BACKSLASH) at += 1;
      else if (bytes[at] === QUOTE) return at + 1;
    }
    return bytes.length;
  }
}

function isOfNumber(byte: number): boolean {
  // 0-9 + - . e E
  if (byte >= 0x30 && byte <= 0x39) return true;
  return (
    byte === 0x2b ||
    byte === 0x2d ||
    byte === 0x2e ||
    byte === 0x65 ||
    byte === 0x45
  );
}
