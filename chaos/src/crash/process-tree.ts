import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

interface ProcessRow {
  pid: number;
  parent: number;
  /** `Z`: it is dead, only nobody has asked for its exit code. */
  state: string;
}

const GONE_TIMEOUT_MS = 30_000;
const POLL_MS = 5;

/**
 * Kills a process and its children with SIGKILL, as nearly at once as can be, and waits until none is left. The children
 * of a Postgres server have process groups of their own, so that no signal to a group would reach them.
 *
 * @throws when one of them is still there after half a minute
 */
export async function killTree(pid: number): Promise<void> {
  // A stopped process makes no further children while they are looked up.
  signal(pid, 'SIGSTOP');
  const children = processes().filter(({ parent }) => parent === pid);
  const pids = [pid, ...children.map((child) => child.pid)];
  for (const one of pids) signal(one, 'SIGKILL');
  const deadline = Date.now() + GONE_TIMEOUT_MS;
  while (processes().some((row) => pids.includes(row.pid))) {
    if (Date.now() > deadline)
      throw new Error(
        `expected process ${pid} and its children to be gone ${GONE_TIMEOUT_MS / 1000} s after SIGKILL, but one is still there`,
      );
    await sleep(POLL_MS);
  }
}

/** Whether a process runs; one that only waits to be asked for its exit code does not. */
export function isAlive(pid: number): boolean {
  return processes().some((row) => row.pid === pid);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}

/** All living processes. */
function processes(): ProcessRow[] {
  const rows =
    process.platform === 'linux' ? processesOfLinux() : processesOfPs();
  return rows.filter(({ state }) => !state.startsWith('Z'));
}

function processesOfLinux(): ProcessRow[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): ProcessRow[] => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The name of the program, in parentheses, may hold anything.
        const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [{ pid: +name, state: rest[0]!, parent: +rest[1]! }];
      } catch {
        return [];
      }
    });
}

function processesOfPs(): ProcessRow[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,state='], {
    encoding: 'utf8',
  });
  return lines
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, state]) => ({
      pid: Number(pid),
      parent: Number(parent),
      state: state!,
    }));
}
