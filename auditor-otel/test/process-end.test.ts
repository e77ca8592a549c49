import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startReceiver } from './receiver';
import { runScript as run } from './run-script';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'audit-spool-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const inMemory = { spool: false };
const onDisk = () => ({ spool: { directory } });
const names = () => readdirSync(join(directory, 'shop')).sort();

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

describe('when a process ends while records wait for room', () => {
  const blocking = {
    queue: { maxRecords: 2 },
    delivery: { whenFull: 'block' },
  };
  it.each([
    ['process.exit()', 5],
    // The others were given up, and said to be, when it was closed.
    ['auditor.close({ timeoutMs: 0 })', 2],
  ])('by %s, counts them as lost', async (end, lost) => {
    const receiver = await startReceiver();
    await receiver.close();
    const { code, stderr } = await run(
      receiver.url,
      `const all = [record(), record(), record(), record()];
      Promise.allSettled(all.map((one) => one.receipt)).then((ended) =>
        console.error(ended.map(({ reason }) => reason?.message)));
      ${end};`,
      { ...inMemory, ...blocking },
    );
    expect(code).toBe(0);
    expect(stderr).toContain(`the process ends with ${lost} audit records`);
  });
});

/** What is strict is waited for also when the disk takes long. */
const awaited = `auditor.record({ eventId: 'a', status: 'succeeded', strict: true }).receipt`;

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
      `${awaited}.then(() => process.kill(process.pid, 'SIGTERM')); setInterval(() => {}, 1000);`,
      null,
    ],
    [
      'by SIGKILL after the record was awaited',
      `${awaited}.then(() => process.kill(process.pid, 'SIGKILL')); setInterval(() => {}, 1000);`,
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
    // Both streams are sent at the same time.
    const streams = starts.map(
      ({ attributes }) => attributes['audit.stream.id'],
    );
    const metas = starts.map(({ attributes }) => attributes['audit.meta']);
    expect(metas).toHaveLength(2);
    expect([
      [{ previousStreamId: streams[1] }, undefined],
      [undefined, { previousStreamId: streams[0] }],
    ]).toContainEqual(metas);
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
    expect(names()).toEqual(['.gitignore', 'streams']);
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
