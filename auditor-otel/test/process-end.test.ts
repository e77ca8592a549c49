import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startReceiver } from './receiver';

const packageRoot = join(__dirname, '..');

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'audit-spool-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Runs a script that has `auditor` in another process; it sees the built package, as an application does. */
async function run(endpoint: string, script: string, options: object) {
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
  const child = spawn(process.execPath, ['-e', source], { cwd: packageRoot });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, stderr };
}

const inMemory = { spool: false };
const onDisk = () => ({ spool: { directory } });
const names = () => readdirSync(join(directory, 'shop'));

describe.each([
  ['in memory', () => inMemory],
  ['on the disk', onDisk],
])('when a process with records %s ends by itself', (_, options) => {
  it('has delivered what it made, without a call of close', async () => {
    const receiver = await startReceiver();
    const { code } = await run(receiver.url, 'record(); record();', options());
    expect(code).toBe(0);
    expect(receiver.all().map(({ eventName }) => eventName)).toEqual([
      'audit-log.stream-start',
      'shop.a',
      'shop.a',
      'audit-log.stream-end',
    ]);
    await receiver.close();
  });

  it('has tried once more while nothing else was left to do', async () => {
    const receiver = await startReceiver((response, __, count) => {
      if (count === 1) response.writeHead(503, { 'retry-after': '3600' });
      response.end();
    });
    const { code } = await run(receiver.url, 'record();', options());
    expect(code).toBe(0);
    expect(receiver.stored()).toHaveLength(1);
    await receiver.close();
  });
});

describe('when a process with records in memory ends', () => {
  it.each([
    ['nobody listens', 'record();', 3],
    ['it is told to at once', 'record(); process.exit(0);', 2],
  ])('says how many records are lost when %s', async (_, script, lost) => {
    const receiver = await startReceiver();
    await receiver.close();
    const { code, stderr } = await run(receiver.url, script, inMemory);
    expect(code).toBe(0);
    expect(stderr).toContain(
      `auditor-otel: the process ends with ${lost} audit records that the receiver does not have`,
    );
  });
});

describe('when a process with records on the disk ends', () => {
  it.each([
    ['by itself while nobody listens', 'record();', 0],
    ['by process.exit at once', 'record(); process.exit(3);', 3],
    [
      'by an exception that nobody catches',
      'record(); throw new Error("no");',
      1,
    ],
    [
      'by a rejection that nobody handles',
      'record(); Promise.reject(new Error("no"));',
      1,
    ],
    [
      'by SIGTERM after the record was awaited',
      'record().receipt.then(() => process.kill(process.pid, "SIGTERM")); setInterval(() => {}, 1000);',
      null,
    ],
    [
      'by SIGKILL after the record was awaited',
      'record().receipt.then(() => process.kill(process.pid, "SIGKILL")); setInterval(() => {}, 1000);',
      null,
    ],
  ])('%s, the next one delivers what it left', async (_, script, exitCode) => {
    const gone = await startReceiver();
    await gone.close();
    const first = await run(gone.url, script, onDisk());
    expect(first.code).toBe(exitCode);
    expect(first.stderr).not.toContain('that the receiver does not have');
    const receiver = await startReceiver();
    await run(receiver.url, 'record();', onDisk());
    expect(receiver.stored()).toHaveLength(2);
    const starts = receiver
      .all()
      .filter(({ eventName }) => eventName === 'audit-log.stream-start');
    const [before, after] = starts.map(({ attributes }) => attributes);
    expect(after?.['audit.meta']).toEqual({
      previousStreamId: before?.['audit.stream.id'],
    });
    await receiver.close();
  });

  it('leaves alone what many before it left and it had no time for', async () => {
    const gone = await startReceiver();
    await gone.close();
    const script = 'record(); process.exit();';
    for (let i = 0; i < 4; i++) await run(gone.url, script, onDisk());
    await run(
      gone.url,
      'record(); auditor.close({ timeoutMs: 100 });',
      onDisk(),
    );
    const receiver = await startReceiver();
    await run(receiver.url, 'record();', onDisk());
    expect(receiver.stored()).toHaveLength(6);
    await receiver.close();
  });

  it('leaves no files of a stream that was delivered', async () => {
    const receiver = await startReceiver();
    await run(receiver.url, 'record();', onDisk());
    await run(receiver.url, 'record(); auditor.close();', onDisk());
    expect(names()).toEqual(['streams']);
    await receiver.close();
  });

  it('says how many records wait for the next one', async () => {
    const receiver = await startReceiver();
    await receiver.close();
    const { stderr } = await run(
      receiver.url,
      'record(); process.exit();',
      onDisk(),
    );
    expect(stderr).toContain(
      'auditor-otel: 3 audit records wait in the spool for the next process of this service',
    );
  });
});
