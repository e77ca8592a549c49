/** A commit that waits until it is told to finish. */
export function heldCommits(): {
  commit: () => Promise<void>;
  /** Lets all that wait succeed. */
  finish: () => void;
  /** Resolves once that many wait. */
  begun: (count: number) => Promise<void>;
} {
  const waiting: (() => void)[] = [];
  return {
    commit: () => new Promise<void>((resolve) => void waiting.push(resolve)),
    finish: () => waiting.splice(0).forEach((resolve) => resolve()),
    async begun(count) {
      while (waiting.length < count) await new Promise(setImmediate);
    },
  };
}
