import { spawn } from 'node:child_process';
import { join } from 'node:path';

const packageRoot = join(__dirname, '..');

/** How a process ended, and what it said. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs a script that has `auditor` and `record` in another process; it sees the built package, as an application does.
 *
 * @param nodeOptions options of node itself
 */
export async function runScript(
  endpoint: string,
  script: string,
  options: object,
  nodeOptions: readonly string[] = [],
): Promise<Ended> {
  const all = {
    endpoint,
    serviceName: 'shop',
    shutdownTimeoutMs: 1500,
    ...options,
  };
  const source = `
    const { createAuditor } = require('auditor-otel');
    const auditor = createAuditor(${JSON.stringify(all)});
    const record = () => auditor.record({ eventId: 'a', status: 'succeeded' });
    ${script}`;
  const child = spawn(process.execPath, [...nodeOptions, '-e', source], {
    cwd: packageRoot,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) =>
    child.on('close', resolve),
  );
  return { code, stdout, stderr };
}
