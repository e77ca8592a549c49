import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';

/** Of this machine, in place of the base image: programs and libraries. */
const SYSTEM = ['/bin', '/lib', '/lib64', '/usr'];
/** Where the Node of the tests is seen. */
const NODE = '/opt/node';
const USER = '1000';

export interface Entry {
  /** The folder with the image's files. */
  image: string;
  command: string[];
  workdir: string;
  env?: Record<string, string> | undefined;
  /** As root, to a writable image. Otherwise as the image's user, without any right, to one that is read-only. */
  build?: boolean | undefined;
  /** Files of this machine by where they are seen. */
  files?: Record<string, string> | undefined;
  /** Folders in memory that the user owns. */
  writable?: string[] | undefined;
  /** Process whose network is used; that of this machine by default. */
  networkOf?: number | undefined;
}

/** A command in a root of its own. */
export interface Entered {
  output: () => string;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  /** Runs to its end; throws with its output when it fails. */
  wait(): void;
}

/** Whether this machine allows it: Linux, as root. */
export function canEnter(): boolean {
  return (
    spawnSync('unshare', ['--mount', '--net', 'mount', '--make-rprivate', '/'])
      .status === 0
  );
}

/**
 * Runs a command as a container would: with the image as its root, nothing writable that was not asked for, and no capability.
 *
 * @example
 * const service = enter({ image, command: ['node', 'main.js'], workdir: '/app', env: {} });
 * service.kill('SIGTERM');
 * await service.ended;
 */
export function enter(entry: Entry): Entered {
  const network = entry.networkOf
    ? ['nsenter', `--net=/proc/${entry.networkOf}/ns/net`]
    : [];
  const [program, ...args] = [
    ...network,
    ...['unshare', '--mount', '/bin/sh', '-euc', scriptOf(entry), 'sh'],
    ...entry.command,
  ];
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };
  let child: ChildProcess | undefined;
  let output = '';
  const start = () => {
    child = spawn(program!, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout!.on('data', (chunk) => (output += chunk));
    child.stderr!.on('data', (chunk) => (output += chunk));
    return once(child, 'close').then(([code]) => code as number | null);
  };
  return {
    output: () => output,
    ended: entry.build ? Promise.resolve(null) : start(),
    kill: (signal) => void child?.kill(signal),
    wait() {
      const ran = spawnSync(program!, args, { env, encoding: 'utf8' });
      if (ran.status !== 0)
        throw new Error(
          `"${entry.command.join(' ')}" ended with ${ran.status}: ${ran.stdout}${ran.stderr}`,
        );
    },
  };
}

/** Builds the root, then becomes the command, which is in "$@". */
function scriptOf(entry: Entry): string {
  const { image, workdir, env = {}, build, files = {}, writable = [] } = entry;
  const lines = [
    'mount --make-rprivate /',
    // A mount point that is there everywhere; only this process sees it.
    'root=/mnt',
    'mount -t tmpfs tmpfs $root',
    `mkdir -p $root/proc $root/dev $root/etc $root${NODE} $root/tmp`,
  ];
  const bind = (from: string, to: string, options = 'ro') => {
    lines.push(`mount --bind ${quote(from)} "$root"${quote(to)}`);
    if (options === 'ro')
      lines.push(`mount -o remount,bind,ro "$root"${quote(to)}`);
  };
  for (const folder of SYSTEM)
    lines.push(
      `if [ -L ${folder} ]; then ln -s "$(readlink ${folder})" $root${folder}; elif [ -d ${folder} ]; then mkdir -p $root${folder}; mount --bind ${folder} $root${folder}; mount -o remount,bind,ro $root${folder}; fi`,
    );
  bind(dirname(process.execPath), NODE);
  lines.push('mount --rbind /dev $root/dev', 'mount -t proc proc $root/proc');
  lines.push(
    `for part in ${quote(image)}/*; do to=$root/$(basename "$part"); mkdir -p "$to"; mount --bind "$part" "$to"${build ? '' : '; mount -o remount,bind,ro "$to"'}; done`,
  );
  if (build)
    lines.push(
      `mkdir -p ${quote(image)}/var $root/var`,
      `mount --bind ${quote(image)}/var $root/var`,
    );
  for (const [to, from] of Object.entries(files)) {
    lines.push(
      `mkdir -p "$root"${quote(dirname(to))}`,
      `: > "$root"${quote(to)}`,
    );
    bind(from, to);
  }
  for (const folder of writable)
    lines.push(
      `mkdir -p "$root"${quote(folder)}`,
      `mount -t tmpfs -o mode=700,uid=${USER},gid=${USER} tmpfs "$root"${quote(folder)}`,
    );
  const who = build
    ? ''
    : `setpriv --reuid=${USER} --regid=${USER} --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all`;
  if (!build) lines.push('mount -o remount,ro $root');
  const variables = Object.entries({
    PATH: `${NODE}:/usr/sbin:/usr/bin:/sbin:/bin`,
    ...env,
  }).map(([name, value]) => `${name}=${quote(value)}`);
  lines.push(
    `exec chroot $root /bin/sh -euc 'cd "$0"; exec "$@"' ${quote(workdir)} ${who} env -i ${variables.join(' ')} "$@"`,
  );
  return lines.join('\n');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
