/**
 * Runs a task again and again, the next time only after it is done. Does not keep the process alive.
 *
 * @param everyMs milliseconds between two runs
 * @returns the function that stops it
 * @example
 * const stop = poll(() => reload(), 1_000);
 */
export function poll(
  task: () => Promise<void> | void,
  everyMs: number,
): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout;
  const run = async () => {
    try {
      await task();
    } finally {
      next();
    }
  };
  const next = () => {
    if (stopped) return;
    timer = setTimeout(() => void run(), everyMs);
    timer.unref();
  };
  next();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
