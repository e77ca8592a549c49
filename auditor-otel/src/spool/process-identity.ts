import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { attempt } from '../attempt';

/** Who a process is, for those who find what it left. */
export interface ProcessIdentity {
  /** Fit for the name of a file: process id, when it started, and the machine it runs on. */
  name: string;
  /** Whether the process of that name has certainly ended. */
  isGone: (name: string) => boolean;
}

/**
 * The identity of this process. Process ids are used again, and each container counts its own from 1: so the time of its start
 * is part of the name, and of the machine its boot, host name and process id namespace. Each call gives another name, because the
 * threads of a process do not end together.
 */
export function thisProcess(): ProcessIdentity {
  const machine = createHash('sha256')
    .update(
      [
        attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
        hostname(),
        attempt(() => readlinkSync('/proc/self/ns/pid')),
      ].join('\n'),
    )
    .digest('hex')
    .slice(0, 16);
  return {
    name: `${process.pid}.${startOf(process.pid)}.${machine}.${randomBytes(4).toString('hex')}`,
    isGone(name) {
      const [pid, start, ofMachine] = name.split('.');
      if (ofMachine !== machine) return false;
      return !isAlive(Number(pid)) || startOf(Number(pid)) !== start;
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user: there it is.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** In clock ticks since boot (proc(5), stat field 22); `0` where the system does not tell, `ended` where only its parent has to hear of it. */
function startOf(pid: number): string {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The second field is the program's name in parentheses, and may hold anything.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields?.[0] === 'Z' || fields?.[0] === 'X') return 'ended';
  return fields?.[19] ?? '0';
}
