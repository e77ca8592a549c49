import { existsSync, readFileSync } from 'node:fs';
import { DEFAULT_CONFIG_FILE } from './config';

/**
 * The text of the file that AUDIT_CONFIG names, else of `audit.yaml` when there is one.
 *
 * @throws when AUDIT_CONFIG names a file that cannot be read
 * @example
 * loadConfig(process.env, readConfigFile(process.env));
 */
export function readConfigFile(env: NodeJS.ProcessEnv): string | undefined {
  const file = env['AUDIT_CONFIG'] || undefined;
  if (file === undefined && !existsSync(DEFAULT_CONFIG_FILE)) return undefined;
  try {
    return readFileSync(file ?? DEFAULT_CONFIG_FILE, 'utf8');
  } catch (cause) {
    throw new Error(
      `cannot start: AUDIT_CONFIG must name a readable file, got ${file ?? DEFAULT_CONFIG_FILE}: ${(cause as Error).message}`,
      { cause },
    );
  }
}
