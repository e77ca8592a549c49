import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditor } from 'auditor-otel';
import type { Auditor } from 'auditor-otel';
import { startReceiver } from './receiver';
import type { TestReceiver } from './receiver';
import { runScript } from './run-script';

let directory: string;
let receiver: TestReceiver | undefined;
let auditor: Auditor | undefined;
let isMounted = false;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'audit-disk-'));
});
afterEach(async () => {
  await auditor?.close({ timeoutMs: 0 });
  await receiver?.close();
  auditor = undefined;
  receiver = undefined;
  if (isMounted) execFileSync('umount', [join(directory, 'small')]);
  isMounted = false;
  rmSync(directory, { recursive: true });
});

/** Resolves once this holds; the time limit of the test is that of the wait. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const cancel = { eventId: 'order-cancel', status: 'succeeded' as const };
const segments = (path: string) =>
  readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.seg'),
  );

describe('a spool directory that cannot be written', () => {
  it('shows in health, costs nothing, and is used once it can be', async () => {
    receiver = await startReceiver();
    const file = join(directory, 'file');
    writeFileSync(file, '');
    const lines: string[] = [];
    auditor = createAuditor({
      endpoint: receiver.url,
      serviceName: 'shop',
      spool: { directory: file },
      onDiagnostic: (line) => lines.push(line),
    });
    const first = await auditor.record(cancel).receipt;
    expect(first).toMatchObject({ level: 'memory', degraded: true });
    expect(auditor.health()).toMatchObject({
      isHealthy: false,
      keptIn: 'memory',
      spoolFailure: expect.stringMatching(/ENOTDIR|EEXIST/) as string,
    });
    expect(await auditor.flush()).toEqual({ status: 'sent' });
    rmSync(file);
    await until(() => auditor?.health().keptIn === 'spool');
    expect(
      await auditor.record({ ...cancel, strict: true }).receipt,
    ).toMatchObject({ level: 'spool', degraded: false });
    expect(await auditor.flush()).toEqual({ status: 'sent' });
    expect(auditor.health()).toMatchObject({
      isHealthy: true,
      spoolFailure: undefined,
    });
    expect(receiver.stored()).toHaveLength(2);
    expect(lines).toEqual([
      expect.stringMatching(/cannot look for audit records of earlier/),
      expect.stringMatching(
        /cannot write the spool in .*, audit records are in memory alone until it can be written again: E/,
      ),
      'auditor-otel: the spool can be written again',
    ]);
  });
});

/** Mounting takes a privileged user. */
function canMount(): boolean {
  const path = mkdtempSync(join(tmpdir(), 'audit-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], {
      stdio: 'ignore',
    });
    execFileSync('umount', [path]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(path, { recursive: true });
  }
}

(canMount() ? describe : describe.skip)(
  'a disk that is full (runs where a tmpfs may be mounted)',
  () => {
    it('costs no record, and is used again once there is room', async () => {
      const small = join(directory, 'small');
      mkdirSync(small);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small]);
      isMounted = true;
      let isAway = true;
      receiver = await startReceiver(
        (response) => void response.writeHead(isAway ? 503 : 200).end(),
      );
      auditor = createAuditor({
        endpoint: receiver.url,
        serviceName: 'shop',
        spool: { directory: small },
        onDiagnostic: () => {},
      });
      const meta = { text: 'x'.repeat(10_000) };
      const levels = new Set<string>();
      for (let n = 0; n < 200; n++) {
        const { receipt } = auditor.record({ ...cancel, meta });
        if (n % 10 === 9) levels.add((await receipt).level);
      }
      expect([...levels].sort()).toEqual(['memory', 'spool']);
      expect(auditor.health()).toMatchObject({
        keptIn: 'memory',
        spoolFailure: expect.stringMatching('ENOSPC') as string,
      });
      isAway = false;
      expect(await auditor.flush()).toEqual({ status: 'sent' });
      await until(() => auditor?.health().keptIn === 'spool');
      expect(
        await auditor.record({ ...cancel, strict: true }).receipt,
      ).toMatchObject({ level: 'spool' });
      await auditor.close();
      const ids = receiver
        .stored()
        .map(({ attributes }) => attributes['log.record.uid']);
      expect(new Set(ids).size).toBe(201);
      expect(segments(small)).toEqual([]);
    });
  },
);

describe('workers of a cluster', () => {
  it('leave all that they were told is on the disk to the next process', async () => {
    const gone = await startReceiver();
    await gone.close();
    const worker = join(directory, 'worker.js');
    writeFileSync(
      worker,
      `const cluster = require('node:cluster');
      if (cluster.isPrimary) for (let n = 0; n < 4; n++) cluster.fork();
      else {
        const { createAuditor } = require(${JSON.stringify(join(__dirname, '..', 'dist'))});
        const auditor = createAuditor({
          endpoint: ${JSON.stringify(gone.url)}, serviceName: 'shop',
          spool: { directory: ${JSON.stringify(join(directory, 'spool'))} },
        });
        const make = () => auditor.record({ eventId: 'a', status: 'succeeded', strict: true }).receipt;
        Promise.all([make(), make(), make(), make(), make()]).then((all) => {
          if (all.every(({ level }) => level === 'spool')) process.kill(process.pid, 'SIGKILL');
        });
      }`,
    );
    execFileSync(process.execPath, [worker], { stdio: 'ignore' });
    receiver = await startReceiver();
    const { code } = await runScript(
      receiver.url,
      'record().receipt.then(() => auditor.flush()).then(() => auditor.close());',
      { spool: { directory: join(directory, 'spool') } },
    );
    expect(code).toBe(0);
    const streams = receiver
      .stored()
      .map(({ attributes }) => attributes['audit.stream.id']);
    expect(streams).toHaveLength(21);
    expect(new Set(streams).size).toBe(5);
    expect(segments(join(directory, 'spool'))).toEqual([]);
  });
});
