import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A load generator at work in a process of its own, so that it does not slow the one that measures. */
export interface LoadProcess<Report> {
  /** Ends it, and resolves with what it has to tell. */
  stop(): Promise<Report>;
}

/**
 * Starts `load/<name>.js`.
 *
 * @example
 * const load = startLoad<SendReport>('send-requests', { url, connections: 4 });
 * const report = await load.stop();
 */
export function startLoad<Report>(
  name: string,
  options: object,
): LoadProcess<Report> {
  const script = join(__dirname, 'load', `${name}.js`);
  const child = fork(script, [JSON.stringify(options)]);
  const report = once(child, 'message') as Promise<[Report]>;
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with ${code} before it was told to`);
  });
  // Somebody listens only once it is stopped.
  ended.catch(() => undefined);
  return {
    async stop() {
      if (child.connected) child.send('stop');
      const [told] = await Promise.race([report, ended]);
      return told;
    },
  };
}

/**
 * The other side: what a load generator does until it is told to stop.
 *
 * @param work gets what `startLoad` was given; resolves, with what is to be told, soon after the signal
 */
export function runLoad(
  work: (options: never, stopped: AbortSignal) => Promise<unknown>,
): void {
  const stop = new AbortController();
  process.once('message', () => stop.abort());
  // The process that measures is gone.
  process.once('disconnect', () => process.exit(1));
  work(JSON.parse(process.argv[2]!) as never, stop.signal).then(
    (report) => process.send!(report, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
