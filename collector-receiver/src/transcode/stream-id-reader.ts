import { slot } from './attribute-slots';
import type { Draft } from './draft';

/** Of a UUID as drafts have it: 32 digits, 4 hyphens. */
const UUID_LENGTH = 36;

/**
 * Makes a function that reads the stream ids of the drafts of one request, undefined for none. Mostly it is that of the
 * draft before, and then no string is made.
 */
export function streamIdReader(): (draft: Draft) => string | undefined {
  let last = -1;
  let id: string | undefined;
  return (draft) => {
    const start = draft.starts[slot.streamId]!;
    if (start < 0) return undefined;
    if (last < 0 || !isRepeated(draft.bytes, last, start))
      id = draft.bytes.toString('latin1', start, start + UUID_LENGTH);
    last = start;
    return id;
  };
}

function isRepeated(bytes: Uint8Array, one: number, other: number): boolean {
  for (let i = 0; i < UUID_LENGTH; i++)
    if (bytes[one + i] !== bytes[other + i]) return false;
  return true;
}
