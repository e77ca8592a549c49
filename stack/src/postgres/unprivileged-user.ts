import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** An account of the operating system. */
export interface OsUser {
  name: string;
  uid: number;
  gid: number;
}

/** Accounts that may run the server in root's place, the first that exists. */
const CANDIDATES = ['postgres', 'nobody'];

/**
 * Who must run the Postgres server, which refuses to run as root: undefined when this process is not root and can run
 * it itself, else an unprivileged account.
 *
 * @throws when this process is root and the system has no such account
 */
export function unprivilegedUser(): OsUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const candidate of CANDIDATES) {
    const line = accounts.find((account) =>
      account.startsWith(`${candidate}:`),
    );
    if (!line) continue;
    const [name, , uid, gid] = line.split(':');
    return { name: name!, uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    `cannot start the embedded Postgres as root: Postgres refuses to run as root, and none of the accounts ${CANDIDATES.join(', ')} exists; create one, start as another user, or set AUDIT_DATABASE_URL`,
  );
}

/** Whether a user can reach a folder, that is, enter it and every folder above it. What does not exist yet is passed over. */
export function canEnter(folder: string, user: OsUser): boolean {
  const parent = dirname(folder);
  return (
    mayEnter(folder, user) && (parent === folder || canEnter(parent, user))
  );
}

function mayEnter(folder: string, user: OsUser): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (!stat) return true;
  if (stat.uid === user.uid) return (stat.mode & 0o100) !== 0;
  if (stat.gid === user.gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}
