import { existsSync, readFileSync } from 'node:fs';

const DEFAULT_FILE = 'audit.yaml';

/**
 * The text of the file that AUDIT_CONFIG names; without that setting, of `audit.yaml` if it is there.
 *
 * @throws when the named file cannot be read
 */
export function readConfigFile(env: NodeJS.ProcessEnv): string | undefined {
  const named = env['AUDIT_CONFIG'];
  if (!named && !existsSync(DEFAULT_FILE)) return undefined;
  const path = named || DEFAULT_FILE;
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(
      `cannot start: AUDIT_CONFIG must name a file that can be read, got ${JSON.stringify(path)}`,
      { cause },
    );
  }
}
