import { createInterface } from 'node:readline';

/**
 * Asks whoever sits at the terminal; only a `y` or `yes` is a yes.
 *
 * @returns undefined when nobody sits there
 */
export async function confirm(
  question: string,
  { stdin, stderr }: Pick<NodeJS.Process, 'stdin' | 'stderr'>,
): Promise<boolean | undefined> {
  if (!stdin.isTTY) return undefined;
  stderr.write(`${question} [y/N] `);
  // Not as a terminal: Ctrl-C is then a signal like everywhere else.
  const lines = createInterface({ input: stdin, terminal: false });
  try {
    for await (const line of lines) return /^y(es)?$/i.test(line.trim());
    return false;
  } finally {
    lines.close();
  }
}
