import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process that works when it is its turn, and is idle otherwise. */
export interface TurnProcess<Report> {
  /** Lets it do one turn. */
  turn(): Promise<Report>;
  /** Ends it, and resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts `emit/<name>.js`, and resolves once it is ready.
 *
 * @param nodeFlags such as `--cpu-prof`
 * @throws when it ends before that
 */
export async function startTurns<Report>(
  name: string,
  options: object,
  nodeFlags: string[] = [],
): Promise<TurnProcess<Report>> {
  const child = fork(join(__dirname, `${name}.js`), [JSON.stringify(options)], {
    execArgv: nodeFlags,
  });
  const ended = once(child, 'exit');
  const nextMessage = async () => {
    const early = ended.then(([code]) => {
      throw new Error(`${name} ended with ${code} before it was told to`);
    });
    const [message] = await Promise.race([once(child, 'message'), early]);
    return message as unknown;
  };
  await nextMessage();
  return {
    turn() {
      const report = nextMessage() as Promise<Report>;
      child.send('turn');
      return report;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** The other side: does `turn` when it is told to, and `close` at the end. */
export function takeTurns(work: {
  turn(): Promise<object>;
  close(): Promise<unknown>;
}): void {
  const fail = (error: unknown) => {
    console.error(error);
    process.exit(1);
  };
  process.on('message', () => {
    work.turn().then((report) => process.send!(report), fail);
  });
  process.once('disconnect', () => {
    work.close().then(() => process.exit(0), fail);
  });
  process.send!('ready');
}
