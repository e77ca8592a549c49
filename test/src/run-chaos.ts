import { execFile } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** What came of a run of the chaos harness. */
export interface ChaosOutcome {
  exitCode: number;
  /** What the line RESULT says. */
  result: Record<string, number>;
}

/**
 * One run of the built harness, as `npm run chaos` has it.
 *
 * @throws when it ends without a result, or is still not done after `timeoutMs`
 */
export function runChaos(
  options: string,
  timeoutMs: number,
): Promise<ChaosOutcome> {
  const args = [join(ROOT, 'chaos/dist/run.js'), ...options.split(' ')];
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      args,
      { cwd: ROOT, timeout: timeoutMs, killSignal: 'SIGTERM' },
      (error, stdout, stderr) => {
        const json = /^RESULT (.*)$/m.exec(stdout)?.[1];
        if (json === undefined)
          return reject(new Error(`no result: ${stdout}${stderr}`));
        const exitCode = error ? Number(error.code) : 0;
        return resolve({ exitCode, result: JSON.parse(json) });
      },
    );
  });
}
