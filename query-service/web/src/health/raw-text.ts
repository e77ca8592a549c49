/** A piece of what bytes say, one after the other. */
export interface Piece {
  kind: 'text' | 'bytes';
  text: string;
}

/** Fewer printable characters in a row than this may be chance. */
const MIN_TEXT = 4;
const decoder = new TextDecoder('utf-8', { fatal: true });

/** The bytes of base64. */
export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
}

/**
 * What of bytes is text, as text, and the rest in hexadecimal digits. Text is UTF-8; a record that is text as a whole is one piece.
 *
 * @example
 * readableOf(new Uint8Array([10, 4, 116, 97, 115, 107])); // 0a04 as bytes, then "task"
 */
export function readableOf(bytes: Uint8Array): Piece[] {
  const whole = textOf(bytes);
  if (whole !== undefined) return whole ? [{ kind: 'text', text: whole }] : [];
  const pieces: Piece[] = [];
  let at = 0;
  while (at < bytes.length) {
    let end = at;
    while (end < bytes.length && isPrintable(bytes[end]!)) end++;
    const text =
      end - at >= MIN_TEXT ? textOf(bytes.subarray(at, end)) : undefined;
    if (text === undefined) {
      end = Math.max(end, at + 1);
      add(pieces, 'bytes', hexOf(bytes.subarray(at, end)));
    } else add(pieces, 'text', text);
    at = end;
  }
  return pieces;
}

/** Undefined for what is no UTF-8, or has control characters other than white space. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = decoder.decode(bytes);
    return /[^\P{Cc}\t\n\r]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** ASCII that is shown, white space, and what UTF-8 may have above. */
function isPrintable(byte: number): boolean {
  return byte >= 0x20
    ? byte !== 0x7f
    : byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(
    ' ',
  );
}

function add(pieces: Piece[], kind: Piece['kind'], text: string): void {
  const last = pieces.at(-1);
  if (last?.kind === kind) last.text += kind === 'bytes' ? ` ${text}` : text;
  else pieces.push({ kind, text });
}
