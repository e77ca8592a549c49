/** Calls back after a time that is the same for all, unless it was ended before: one timer for thousands of them. */
export interface Deadlines {
  add(onExpired: () => void): Deadline;
}

/** One wait. */
export interface Deadline {
  /** It is not needed any more. */
  end(): void;
}

/** Deadlines of so many milliseconds each. While there are some the process lives: somebody may wait for each. */
export function createDeadlines(ms: number): Deadlines {
  /** In the order of their times. */
  const waiting = new Set<{ onExpired: () => void; at: number }>();
  let timer: NodeJS.Timeout | undefined;

  function expire(): void {
    timer = undefined;
    const now = performance.now();
    for (const one of waiting) {
      if (one.at > now) break;
      waiting.delete(one);
      one.onExpired();
    }
    schedule();
  }

  function schedule(): void {
    const [first] = waiting;
    if (!first || timer) return;
    // A timer may fire a little before its time.
    const wait = Math.max(1, Math.ceil(first.at - performance.now()));
    timer = setTimeout(expire, wait);
  }

  return {
    add(onExpired) {
      const one = { onExpired, at: performance.now() + ms };
      waiting.add(one);
      schedule();
      return {
        end() {
          waiting.delete(one);
          if (waiting.size > 0) return;
          clearTimeout(timer);
          timer = undefined;
        },
      };
    },
  };
}
