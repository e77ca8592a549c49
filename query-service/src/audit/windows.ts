/** Stretches of time in which what repeats is only counted. */
export interface Windows<T> {
  /** How many are open. */
  readonly size: number;
  get(key: string): T | undefined;
  open(key: string, value: T): void;
  /** Forgets a window without ending it. */
  drop(key: string): void;
  /** Ends all that are open. */
  close(): Promise<void>;
}

export interface WindowOptions<T> {
  lengthMs: number;
  /** Open at the same time; of more, the oldest ends early. */
  max: number;
  /** Never rejects. */
  end: (value: T) => Promise<void>;
}

/**
 * Makes windows of the same length, which end by themselves. They do not keep the process alive.
 *
 * @example
 * const windows = createWindows<{ count: number }>({ lengthMs: 60_000, max: 1_000, end: ({ count }) => tell(count) });
 */
export function createWindows<T>({
  lengthMs,
  max,
  end,
}: WindowOptions<T>): Windows<T> {
  /** The oldest first. */
  const open = new Map<string, { value: T; timer: NodeJS.Timeout }>();
  const ending = new Set<Promise<void>>();

  function endOf(key: string): void {
    const window = open.get(key);
    if (!window) return;
    clearTimeout(window.timer);
    open.delete(key);
    const done = end(window.value).finally(() => ending.delete(done));
    ending.add(done);
  }

  return {
    get size() {
      return open.size;
    },
    get: (key) => open.get(key)?.value,
    open(key, value) {
      const timer = setTimeout(() => endOf(key), lengthMs);
      timer.unref();
      open.set(key, { value, timer });
      if (open.size > max) endOf(open.keys().next().value!);
    },
    drop(key) {
      clearTimeout(open.get(key)?.timer);
      open.delete(key);
    },
    async close() {
      for (const key of open.keys()) endOf(key);
      await Promise.all(ending);
    },
  };
}
