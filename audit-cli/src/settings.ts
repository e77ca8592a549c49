import { readFileSync } from 'node:fs';
import { wrongUsage } from './failure';

/** Where to ask, and as whom. */
export interface Settings {
  /** Without a slash at its end. */
  url: string;
  token: string;
}

/** What the command line says of it. */
export interface SettingOptions {
  url?: string | undefined;
  tokenFile?: string | undefined;
}

export const DEFAULT_URL = 'http://127.0.0.1:7420';

/** What may stand in a header: the service refuses shorter tokens and those with spaces itself. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * The settings, from the options and the environment; the options win. A token never is an option: all users of a
 * machine see the command lines of its processes.
 *
 * @throws Failure wrong usage: what is missing or wrong, and what to do
 * @example
 * loadSettings({ url: 'https://audit.example.com' }, process.env);
 */
export function loadSettings(
  options: SettingOptions,
  env: NodeJS.ProcessEnv,
): Settings {
  return {
    url: urlOf(options.url ?? (env['AUDIT_URL'] || DEFAULT_URL)),
    token: tokenOf(options.tokenFile, env),
  };
}

function urlOf(given: string): string {
  const url = URL.parse(given);
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (!url || !isHttp || url.username || url.search || url.hash)
    throw wrongUsage(
      `--url (or AUDIT_URL) must be a URL such as ${DEFAULT_URL}, without user, query or fragment, got ${JSON.stringify(given)}`,
    );
  return url.href.replace(/\/+$/, '');
}

function tokenOf(file: string | undefined, env: NodeJS.ProcessEnv): string {
  const from = file === undefined ? 'AUDIT_API_TOKEN' : `the file ${file}`;
  const token =
    file === undefined ? (env['AUDIT_API_TOKEN'] ?? '') : readToken(file);
  if (token === '')
    throw wrongUsage(
      file === undefined
        ? 'a token is needed: set AUDIT_API_TOKEN, or name a file that has it with --token-file'
        : `${from} must have a token, it is empty`,
    );
  if (!TOKEN.test(token))
    throw wrongUsage(
      `${from} must have a token and nothing else: visible ASCII characters, without spaces`,
    );
  return token;
}

function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw wrongUsage(
      `cannot read the file of --token-file: ${(error as Error).message}`,
      error,
    );
  }
}
