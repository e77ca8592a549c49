/** Lists and maps inside each other that are still transcoded. */
export const MAX_DEPTH = 8;

const MAX_KEYS = 16;

/** The keys of one map so far, as where they lie. */
export class KeysOfMap {
  count = 0;
  private readonly spans: number[] = [];

  /** @returns false when the key was there before, or when there are too many to compare each with all */
  add(bytes: Uint8Array, start: number, end: number): boolean {
    const { spans } = this;
    if (this.count === MAX_KEYS) return false;
    for (let i = 0; i < spans.length; i += 2)
      if (isRepeated(bytes, spans[i]!, spans[i + 1]!, start, end)) return false;
    spans.push(start, end);
    this.count += 1;
    return true;
  }
}

function isRepeated(
  bytes: Uint8Array,
  start: number,
  end: number,
  otherStart: number,
  otherEnd: number,
): boolean {
  if (end - start !== otherEnd - otherStart) return false;
  for (let i = 0; i < end - start; i++)
    if (bytes[start + i] !== bytes[otherStart + i]) return false;
  return true;
}
