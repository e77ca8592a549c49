import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** The package of the test Backstage: what is resolved from here is what it runs. */
export const BACKSTAGE_FOLDER = join(__dirname, '..', 'backstage');

/** Left behind by the last install: the hash of the lockfile that it followed. */
const INSTALLED = join(BACKSTAGE_FOLDER, 'node_modules', '.installed-lockfile');

/** Held by the process that installs; others wait for it. */
const LOCK = join(tmpdir(), `otel-audit-install-${hashOf(BACKSTAGE_FOLDER)}`);

/**
 * Installs the packages of the test Backstage as its lockfile says, unless they are there. No install scripts: nothing in
 * it may be compiled. Test files that run side by side wait for one another.
 *
 * @throws an Error that says how to do it by hand
 */
export async function installBackstage(): Promise<void> {
  const lockfile = readFileSync(join(BACKSTAGE_FOLDER, 'package-lock.json'));
  const wanted = hashOf(lockfile);
  const isInstalled = () =>
    existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted;
  while (!isInstalled()) {
    if (!lock()) {
      await sleep(200);
      continue;
    }
    try {
      if (!isInstalled()) await install();
      writeFileSync(INSTALLED, wanted);
    } finally {
      rmSync(LOCK, { force: true });
    }
  }
}

async function install(): Promise<void> {
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  try {
    await promisify(execFile)('npm', args, { cwd: BACKSTAGE_FOLDER });
  } catch (cause) {
    const message =
      'cannot install the Backstage of the tests; run "npm ci --ignore-scripts" with Node 24 in test/backstage and see why';
    throw new Error(message, { cause });
  }
}

/** Whether we hold the lock now. One whose process is gone is taken away first. */
function lock(): boolean {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isHolderAlive()) rmSync(LOCK, { force: true });
    return false;
  }
}

function isHolderAlive(): boolean {
  try {
    const pid = Number(readFileSync(LOCK, 'utf8'));
    // Between its making and its writing the file is empty.
    return pid === 0 || process.kill(pid, 0);
  } catch {
    return false;
  }
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
