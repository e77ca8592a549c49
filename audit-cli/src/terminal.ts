import { once } from 'node:events';
import { styleText } from 'node:util';
import { exitCode } from './exit-code';
import type { Paint } from './text/table';
import { visibleText } from './text/visible-text';

/** Where the command writes, and what it knows of it. */
export interface Terminal {
  /** To standard output, as fast as it is read. */
  out(bytes: string | Uint8Array): Promise<void>;
  /** A sentence to standard error, for people; a stranger's text in it is made visible. */
  note(sentence: string): void;
  /** What replaces the line before it, on a terminal; nothing elsewhere. An empty text takes it away. */
  progress(text: string): void;
  /** Whether standard output is a terminal. */
  isTerminal: boolean;
  /** Columns; infinite where the output goes into a pipe or file and nobody says COLUMNS. */
  width: number;
  paint: Paint;
}

/** The terminal, pipe or file that this process has. */
export function processTerminal(process: NodeJS.Process): Terminal {
  const { stdout, stderr, env } = process;
  const note = (sentence: string) =>
    void stderr.write(`audit: ${visibleText(sentence)}\n`);
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `audit query | head` has read what it wanted.
    if (error.code === 'EPIPE') process.exit();
    note(`cannot write to standard output: ${error.message}`);
    process.exit(exitCode.notAsked);
  });
  // There is nowhere left to say so, and the exit code still says how the command ended.
  stderr.on('error', () => undefined);
  const columns = stdout.columns || Number(env['COLUMNS']) || Infinity;
  return {
    async out(bytes) {
      if (!stdout.write(bytes)) await once(stdout, 'drain');
    },
    note,
    progress: (text) =>
      void (stderr.isTTY && stderr.write(`\r\u001b[K${visibleText(text)}`)),
    isTerminal: stdout.isTTY,
    width: columns > 0 ? columns : Infinity,
    // It has no colour for what is no terminal, and under NO_COLOR.
    paint: (style, text) => styleText(style, text, { stream: stdout }),
  };
}
