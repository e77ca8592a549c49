import { readFileSync } from 'node:fs';

/** Settings that are secret, or hold one. */
const SECRETS = [
  'AUDIT_DATABASE_URL',
  'AUDIT_QUERY_READ_DATABASE_URL',
  'AUDIT_API_TOKEN',
  'AUDIT_ADMIN_TOKEN',
  'AUDIT_OIDC_CLIENT_SECRET',
];
const SUFFIX = '_FILE';

/**
 * The environment with each secret that a file holds in place of the file's name: `AUDIT_API_TOKEN_FILE=/run/secrets/api_token`
 * becomes `AUDIT_API_TOKEN`. White space at the end of a file is not part of the secret.
 *
 * @throws for a file that cannot be read or is empty, and for a secret that is given both ways
 * @example
 * loadConfig(withSecretFiles(process.env));
 */
export function withSecretFiles(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const result = { ...env };
  for (const name of SECRETS) {
    const setting = name + SUFFIX;
    const file = env[setting];
    delete result[setting];
    if (!file) continue;
    if (env[name])
      throw new Error(
        `cannot start: expected one of ${name} and ${setting}, got both`,
      );
    result[name] = readSecret(setting, file);
  }
  return result;
}

function readSecret(setting: string, file: string): string {
  const refused = (actual: string, cause?: unknown) =>
    new Error(
      `cannot start: ${setting} must name a file with the secret in it, got ${actual}`,
      { cause },
    );
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trimEnd();
  } catch (cause) {
    throw refused(`${file}: ${(cause as Error).message}`, cause);
  }
  if (text === '') throw refused(`${file}, which is empty`);
  return text;
}
