import { createHash } from 'node:crypto';

/** What is kept of an ASCII text that was cut, beside its beginning. */
export function original(whole: string): { bytes: number; sha256: string } {
  return {
    bytes: whole.length,
    sha256: createHash('sha256').update(whole).digest('hex'),
  };
}

/** A value that was cut to so many bytes. */
export function cut(whole: string, length: number): object {
  return { $truncated: { text: whole.slice(0, length), ...original(whole) } };
}
