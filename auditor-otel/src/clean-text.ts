import { createHash } from 'node:crypto';

/**
 * A text that every store can hold: well-formed UTF-16, U+0000 shown as U+2400, cut to a number of bytes.
 *
 * Postgres refuses U+0000 in any text (22021), and a lone surrogate in jsonb (22P02). A cut text ends in the size and
 * the SHA-256 of the whole one.
 *
 * @param maxBytes in UTF-8
 * @example
 * cleanText('a\0b', 1024); // 'a\u2400b'
 */
export function cleanText(text: string, maxBytes: number): string {
  const whole = wellFormed(text);
  // A UTF-16 unit takes at most three bytes of UTF-8, so most texts need no counting.
  if (whole.length * 3 <= maxBytes) return whole;
  const bytes = Buffer.byteLength(whole);
  return bytes <= maxBytes ? whole : cutText(whole, bytes, maxBytes);
}

function wellFormed(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '\u2400') : whole;
}

function cutText(text: string, bytes: number, maxBytes: number): string {
  const hash = createHash('sha256').update(text).digest('hex');
  const note = `…[truncated: ${bytes} bytes, sha256 ${hash}]`;
  const room = Math.max(0, maxBytes - Buffer.byteLength(note));
  // Cutting between bytes can split a character: the decoder replaces its rest, which is taken off again.
  const start = Buffer.from(text.slice(0, room)).subarray(0, room).toString();
  return start.replace(/\uFFFD+$/, '') + note;
}

/** Whether `cleanText` would shorten the text. */
export function isTooLong(text: string, maxBytes: number): boolean {
  return text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes;
}
