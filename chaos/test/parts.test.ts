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
  /** Writes a line when it starts; ends at once, or never. */
  const program = (ends: boolean) =>
    supervise(
      () => ({
        file: process.execPath,
        args: [
          '-e',
          `console.log('up ' + process.env.X); ${ends ? '' : 'setInterval(() => {}, 1000)'}`,
        ],
        env: { X: '7' },
      }),
      join(folder, 'log'),
    );
  const starts = async (count: number) => {
    for (;;) {
      const lines = readFileSync(join(folder, 'log'), 'utf8').split('\n');
      if (lines.filter((line) => line === 'up 7').length >= count) return;
      await sleep(10);
    }
  };

  it('starts again what ended by itself, and counts it', async () => {
    const part = program(true);
    part.start();
    await starts(3);
    await part.crash();
    expect(part.deaths()).toBeGreaterThanOrEqual(2);
  });

  it.each(['crash', 'stop'] as const)(
    'does not after %s, but when it is told to',
    async (end) => {
      const part = program(false);
      part.start();
      await starts(1);
      await part[end]();
      expect(part.deaths()).toBe(0);
      part.start();
      await starts(2);
      await part[end]();
      // Nothing runs any more: that is no failure.
      await part[end]();
      expect(part.deaths()).toBe(0);
    },
  );
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
