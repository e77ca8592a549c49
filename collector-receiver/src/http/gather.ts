import { overloaded, tooLarge } from './body-read';
import type { BodyLimits, BodyNotRead } from './body-read';

/** Chunks of a body within its limits. */
export interface Gatherer {
  readonly chunks: readonly Buffer[];
  /** Keeps a chunk, or says what it is too much for. */
  add: (chunk: Buffer) => BodyNotRead | undefined;
  /** All of them as one. */
  bytes(): Buffer;
  /** Lets go of all, also in the budget. */
  drop(): void;
}

export function createGatherer({ maxBytes, share }: BodyLimits): Gatherer {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    chunks,
    add(chunk) {
      if (size + chunk.length > maxBytes) return tooLarge(maxBytes);
      if (!share.take(chunk.length)) return overloaded;
      size += chunk.length;
      chunks.push(chunk);
      return undefined;
    },
    bytes: () => (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)),
    drop() {
      share.giveBack(size);
      size = 0;
      chunks.length = 0;
    },
  };
}
