/** Calls back after a time that is the same for all, unless it was done before: one timer for thousands of them. */
export interface Deadlines {
  /** @returns what to mark as done */
  add(onExpired: () => void): Deadline;
}

/** One wait. */
export interface Deadline {
  isDone: boolean;
}

/** Deadlines of so many milliseconds each. They do not keep the process alive. */
export function createDeadlines(ms: number): Deadlines {
  let waiting: { deadline: Deadline; onExpired: () => void; at: number }[] = [];
  let timer: NodeJS.Timeout | undefined;

  function expire(): void {
    timer = undefined;
    const now = performance.now();
    const next = waiting.findIndex(
      ({ at, deadline }) => at > now && !deadline.isDone,
    );
    const due = next === -1 ? waiting : waiting.slice(0, next);
    waiting = next === -1 ? [] : waiting.slice(next);
    schedule();
    for (const { deadline, onExpired } of due)
      if (!deadline.isDone) onExpired();
  }

  function schedule(): void {
    const [first] = waiting;
    if (!first || timer) return;
    // A timer may fire a little before its time.
    const wait = Math.max(1, Math.ceil(first.at - performance.now()));
    timer = setTimeout(expire, wait).unref();
  }

  return {
    add(onExpired) {
      const deadline = { isDone: false };
      waiting.push({ deadline, onExpired, at: performance.now() + ms });
      schedule();
      return deadline;
    },
  };
}
