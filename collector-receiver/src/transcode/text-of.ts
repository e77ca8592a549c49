import { knownText, rememberText } from '../decode/text-cache';

/** Valid UTF-8 as a string; a short ASCII one that was seen lately is the same string again. */
export function textOf(bytes: Buffer, start: number, end: number): string {
  const known = knownText(bytes, start, end);
  if (known !== undefined) return known;
  for (let at = start; at < end; at++)
    if (bytes[at]! >= 0x80) return bytes.toString('utf8', start, end);
  return rememberText(bytes, start, end);
}
