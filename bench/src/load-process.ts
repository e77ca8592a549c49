import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A load generator at work in a process of its own, so that it does not slow the one that measures. */
export interface LoadProcess<Report> {
  /** Ends it, and resolves with what it has to tell. */
  stop(): Promise<Report>;
}

/**
 * Starts `load/<name>.js`, and resolves once it has begun.
 *
 * @example
 * const load = await startLoad<SendReport>('send-requests', { url, connections: 4 });
 * const report = await load.stop();
 */
export async function startLoad<Report>(
  name: string,
  options: object,
): Promise<LoadProcess<Report>> {
  const script = join(__dirname, 'load', `${name}.js`);
  const child = fork(script, [JSON.stringify(options)]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with ${code} before it was told to`);
  });
  const nextMessage = async () => {
    const [message] = await Promise.race([once(child, 'message'), ended]);
    return message as unknown;
  };
  await nextMessage();
  // Somebody listens again only once it is stopped.
  ended.catch(() => undefined);
  return {
    stop() {
      const report = nextMessage() as Promise<Report>;
      if (child.connected) child.send('stop');
      return report;
    },
  };
}

/**
 * The other side: what a load generator does until it is told to stop.
 *
 * @param work calls `begin` when its load begins, and resolves, with what is to be told, soon after the signal
 */
export function runLoad(
  work: (
    options: any,
    stopped: AbortSignal,
    begin: () => void,
  ) => Promise<object>,
): void {
  const stop = new AbortController();
  process.once('message', () => stop.abort());
  // The process that measures is gone.
  process.once('disconnect', () => process.exit(1));
  const options: unknown = JSON.parse(process.argv[2]!);
  work(options, stop.signal, () => process.send!('begun')).then(
    (report) => process.send!(report, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
