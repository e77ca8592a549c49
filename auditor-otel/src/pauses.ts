/** Waits that can be cut short. */
export interface Pauses {
  /** Resolves after so many milliseconds, or when `end` is called. Does not keep the process alive. */
  pause(ms: number): Promise<void>;
  /** Ends all pauses that are going on. */
  end(): void;
}

/** Pauses by timers of Node. */
export function createPauses(): Pauses {
  const going = new Set<() => void>();
  return {
    pause: (ms) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          going.delete(done);
          resolve();
        };
        const timer = setTimeout(done, ms).unref();
        going.add(done);
      }),
    end: () => {
      for (const done of going) done();
    },
  };
}
