import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder in `~/.cache/otel-audit` with what `make` puts into it: made by the first who asks, anew when a file of the sources changes.
 *
 * @example
 * const folder = await madeOnce('sender-go', 'test/senders/go', (into) => run('go', ['build', '-o', into]));
 */
export async function madeOnce(
  name: string,
  sources: string,
  make: (into: string) => Promise<unknown>,
): Promise<string> {
  const cache = join(
    process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
    'otel-audit',
  );
  const folder = join(cache, `${name}-${hashOf(sources)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const into = mkdtempSync(`${folder}-making-`);
  try {
    await make(into);
    renameSync(into, folder);
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
  return folder;
}

function hashOf(sources: string): string {
  const hash = createHash('sha256').update(
    `${process.platform} ${process.arch}`,
  );
  const files = readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}
