import { createHash } from 'node:crypto';
import type { JsonValue } from '../../json';

/** What is known of a value that was cut: its length in bytes of UTF-8, and the SHA-256 of all of it, in hex. */
export type Original = { bytes: number; sha256: string };

/** A cut value in its place: of a text its beginning in `text`, of any other value that of its JSON text in `json`. */
export type Truncated = {
  $truncated: Original & { text?: string; json?: string };
};

/**
 * The beginning of a value, with the length and the hash of all of it.
 *
 * @example
 * truncate('aaaa', 2); // { $truncated: { text: 'aa', bytes: 4, sha256: '61be55a8...' } }
 */
export function truncate(value: JsonValue, maxBytes: number): Truncated {
  const isText = typeof value === 'string';
  const whole = isText ? value : JSON.stringify(value);
  const text = beginningOf(whole, maxBytes);
  return {
    $truncated: { ...(isText ? { text } : { json: text }), ...original(whole) },
  };
}

/** Length and hash of a text. */
export function original(text: string): Original {
  return {
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
}

/** The beginning of a text that takes at most so many bytes. */
export function beginningOf(text: string, maxBytes: number): string {
  // A character cut in half decodes to U+FFFD, which is taken off.
  return Buffer.from(text.slice(0, maxBytes))
    .subarray(0, maxBytes)
    .toString()
    .replace(/\uFFFD$/, '');
}

/** Whether a text takes more bytes, which its length mostly tells. */
export function isLonger(text: string, maxBytes: number): boolean {
  return text.length > maxBytes / 3 && Buffer.byteLength(text) > maxBytes;
}
