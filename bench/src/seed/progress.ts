const WIDTH = 30;
const LINES = 10;

/**
 * Shows how far a long piece of work is: a bar in a terminal, else a line for each tenth.
 *
 * @returns what is to be told how much is done
 */
export function progress(total: number, unit: string): (done: number) => void {
  const start = performance.now();
  let shown = -1;
  return (done) => {
    const share = Math.min(1, done / total);
    const { isTTY } = process.stderr;
    const step = Math.floor(share * (isTTY ? 100 : LINES));
    if (step === shown) return;
    shown = step;
    const seconds = (performance.now() - start) / 1_000;
    const bar = '#'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '.');
    const line = `[${bar}] ${done} of ${total} ${unit}, ${Math.round(done / seconds)} a second`;
    process.stderr.write(
      isTTY ? `\r${line}${share === 1 ? '\n' : ''}` : `${line}\n`,
    );
  };
}
