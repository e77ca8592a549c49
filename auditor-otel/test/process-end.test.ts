import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startReceiver } from './receiver';

const packageRoot = join(__dirname, '..');

/** Runs a script that has `auditor` in another process; it sees the built package, as an application does. */
async function run(endpoint: string, script: string) {
  const source = `
    const { createAuditor } = require('auditor-otel');
    const auditor = createAuditor(${JSON.stringify({ endpoint, serviceName: 'shop', shutdownTimeoutMs: 1500 })});
    const record = () => auditor.record({ eventId: 'a', status: 'succeeded' });
    ${script}`;
  const child = spawn(process.execPath, ['-e', source], { cwd: packageRoot });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, stderr };
}

describe('when the process ends', () => {
  it('has delivered what it made, without a call of close', async () => {
    const receiver = await startReceiver();
    const { code } = await run(receiver.url, 'record(); record();');
    expect(code).toBe(0);
    expect(receiver.stored()).toHaveLength(2);
    await receiver.close();
  });

  it('has tried once more while nothing else was left to do', async () => {
    const receiver = await startReceiver((response, _, count) => {
      if (count === 1) response.writeHead(503, { 'retry-after': '3600' });
      response.end();
    });
    const { code } = await run(receiver.url, 'record();');
    expect(code).toBe(0);
    expect(receiver.stored()).toHaveLength(1);
    await receiver.close();
  });

  it.each([
    ['nobody listens', 'record();'],
    ['it is told to at once', 'record(); process.exit(0);'],
  ])('says how many records are lost when %s', async (_, script) => {
    const receiver = await startReceiver();
    await receiver.close();
    const { code, stderr } = await run(receiver.url, script);
    expect(code).toBe(0);
    expect(stderr).toContain(
      'auditor-otel: the process ends with 1 audit records that the receiver does not have',
    );
  });
});
