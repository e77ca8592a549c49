const NEWLINE = 0x0a;

/** Hands on all bytes but the last line, however they are cut; the last line once it is known to be that. */
export interface LineHolder {
  /** What can be handed on now. */
  push(bytes: Uint8Array): Uint8Array;
  /** The last line, with its end if it has one. */
  last(): Uint8Array;
}

/**
 * Holds back the last line of a stream, which here says whether all before it is whole.
 *
 * @example
 * const lines = holdLastLine();
 * lines.push(Buffer.from('a\nb')); // 'a\n'
 * lines.push(Buffer.from('c\n')); // ''
 * lines.last(); // 'bc\n'
 */
export function holdLastLine(): LineHolder {
  let held: Uint8Array[] = [];
  return {
    push(bytes) {
      if (bytes.length === 0) return bytes;
      const isEnded = held.at(-1)?.at(-1) === NEWLINE;
      const end = bytes.subarray(0, -1).lastIndexOf(NEWLINE) + 1;
      if (end === 0 && !isEnded) {
        held.push(bytes);
        return Buffer.alloc(0);
      }
      const free = Buffer.concat([...held, bytes.subarray(0, end)]);
      held = [bytes.subarray(end)];
      return free;
    },
    last: () => Buffer.concat(held),
  };
}
