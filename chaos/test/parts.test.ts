import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { supervise } from '../src/pipeline/parts/supervised';
import { mountVolume } from '../src/pipeline/parts/volume';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'otel-audit-parts-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('supervise', () => {
  /** Runs JavaScript after it has written a line; never ends by itself unless that does. */
  const program = (
    script: string,
    { upLine = 'up 7', stopMs }: { upLine?: string; stopMs?: number } = {},
  ) =>
    supervise(
      () => ({
        file: process.execPath,
        args: [
          '-e',
          `console.log('up ' + process.env.X); setInterval(() => {}, 1000); ${script}`,
        ],
        env: { X: '7' },
      }),
      { logFile: join(folder, 'log'), upLine, stopMs },
    );
  const starts = async (count: number) => {
    for (;;) {
      const lines = readFileSync(join(folder, 'log'), 'utf8').split('\n');
      if (lines.filter((line) => line === 'up 7').length >= count) return;
      await sleep(10);
    }
  };

  it.each([
    ['after it was up', 'up 7', 'running'],
    ['before it was up', 'ready', 'starting'],
  ])(
    'starts again what ended by itself, and notes it: %s',
    async (_, upLine, kind) => {
      const part = program('process.exit(3)', { upLine });
      part.start();
      await starts(3);
      await part.crash();
      const [first, second] = part.mishaps();
      const what = 'ended by itself, with 3';
      expect(first).toEqual({ kind, what, atMs: expect.any(Number) });
      expect(second).toEqual({ kind, what, atMs: expect.any(Number) });
    },
  );

  it('does not after crash, but when it is told to', async () => {
    const part = program('');
    part.start();
    await starts(1);
    await part.crash();
    part.start();
    await starts(2);
    await part.crash();
    // Nothing runs any more: that is no failure.
    await part.crash();
    expect(part.mishaps()).toEqual([]);
  });

  it('does not after stop, and kills and notes what does not heed it', async () => {
    const heeds = program('process.on("SIGTERM", () => process.exit())');
    heeds.start();
    await starts(1);
    await heeds.stop();
    expect(heeds.mishaps()).toEqual([]);
    const ignores = program(
      'process.on("SIGTERM", () => {}); console.log("up 7")',
      { stopMs: 300 },
    );
    ignores.start();
    // The second of its lines is written when it ignores the signal.
    await starts(3);
    await ignores.stop();
    expect(ignores.mishaps()).toEqual([
      {
        kind: 'late',
        what: 'did not end within 0.3 s of SIGTERM, and was killed',
        atMs: expect.any(Number),
      },
    ]);
  });
});

describe('shifted-clock', () => {
  it('has the wall clock wrong and leaves the others', () => {
    const file = join(folder, 'clock');
    writeFileSync(file, '3600000');
    const script = join(__dirname, '../dist/pipeline/parts/shifted-clock.js');
    const said = execFileSync(
      process.execPath,
      [
        '--require',
        script,
        '-p',
        '[Date.now(), +new Date(), +new Date(5)].join(" ")',
      ],
      { env: { CHAOS_CLOCK_FILE: file }, encoding: 'utf8' },
    );
    const [now, date, given] = said.trim().split(' ').map(Number);
    // Half an hour is more than any machine takes for this.
    expect(now! - Date.now()).toBeGreaterThan(1_800_000);
    expect(date! - Date.now()).toBeGreaterThan(1_800_000);
    expect(given).toBe(5);
  });
});

/** Whether this machine lets us mount: as root on Linux, unless a container forbids it. */
function canMount(): boolean {
  const place = mkdtempSync(join(folder, 'mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', place], { stdio: 'ignore' });
    execFileSync('umount', [place]);
    return true;
  } catch {
    return false;
  }
}

describe('mountVolume', () => {
  it('mounts what becomes full and has room again, or says that it cannot', () => {
    const volume = mountVolume(join(folder, 'volume'), 16 * 1024 ** 2);
    expect(volume !== undefined).toBe(canMount());
    if (!volume) return;
    try {
      const write = () =>
        writeFileSync(join(volume.folder, 'file'), Buffer.alloc(4 * 1024 ** 2));
      volume.fill();
      expect(write).toThrow('ENOSPC');
      volume.empty();
      write();
    } finally {
      volume.remove();
    }
  });
});
