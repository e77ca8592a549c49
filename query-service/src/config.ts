import { isIP } from 'node:net';
import { parse } from 'yaml';
import type { YAMLParseError } from 'yaml';
import { kindOf, refused } from './refused-setting';
import { oidcSettings, readOidcConfig } from './sign-in/oidc/oidc-config';
import type { OidcConfig } from './sign-in/oidc/oidc-config';
import { MIN_TOKEN_LENGTH, SECRET, tokenProblem } from './tokens/token-rule';

/** What an operator may set. */
export interface Config {
  databaseUrl: string;
  /** The same database as a role that may only read, for what only reads; absent: as `databaseUrl` says. */
  readDatabaseUrl?: string | undefined;
  host: string;
  /** 0 takes any free one. */
  port: number;
  /** The secret of `audit-log-api-access`; wins over the one in the database. */
  apiToken?: string | undefined;
  /** The secret of `audit-log-admin-access`; wins over the one in the database. */
  adminToken?: string | undefined;
  /** Addresses and networks whose word on where a request comes from, and whether by TLS, is taken. */
  trustedProxies: string[];
  /** After this a query is stopped and answered 503. */
  statementTimeoutMs: number;
  /** How people sign in who have no token. */
  oidc?: OidcConfig | undefined;
}

/** Settings of this service. */
const OWN = [
  'AUDIT_DATABASE_URL',
  'AUDIT_QUERY_READ_DATABASE_URL',
  'AUDIT_QUERY_HOST',
  'AUDIT_QUERY_PORT',
  'AUDIT_QUERY_STATEMENT_TIMEOUT_MS',
  'AUDIT_QUERY_TRUSTED_PROXIES',
  'AUDIT_API_TOKEN',
  'AUDIT_ADMIN_TOKEN',
  ...oidcSettings,
] as const;
type Name = (typeof OWN)[number];

/** Keys of the shared file that the other parts read. */
const OF_OTHERS =
  /^(excludeRules|protectedEvents|AUDIT_((RECEIVER|MIGRATE)_\w+|FOREIGN_RECORDS|ARCHIVE_DIR|DATA_DIR|INGEST_TOKEN))$/;

/**
 * The settings, from the environment and the text of the YAML file, which has them under the same names as top-level
 * keys. The environment wins; an empty value counts as not given. The only home of defaults.
 *
 * @throws for a bad or unknown setting, with its name, what was expected and what came
 * @example
 * loadConfig(process.env, 'AUDIT_QUERY_PORT: 8080');
 */
export function loadConfig(env: NodeJS.ProcessEnv, yamlText = ''): Config {
  const file = readYaml(yamlText);
  refuseUnknown(Object.keys(file), Object.keys(env));
  const get = (name: Name) => env[name] || scalar(name, file[name]);
  return {
    databaseUrl: databaseUrl('AUDIT_DATABASE_URL', get),
    readDatabaseUrl: get('AUDIT_QUERY_READ_DATABASE_URL')
      ? databaseUrl('AUDIT_QUERY_READ_DATABASE_URL', get)
      : undefined,
    host: get('AUDIT_QUERY_HOST') ?? '127.0.0.1',
    port: wholeNumber('AUDIT_QUERY_PORT', get, {
      min: 0,
      max: 65_535,
      fallback: 7_420,
    }),
    trustedProxies: proxies(get('AUDIT_QUERY_TRUSTED_PROXIES')),
    apiToken: token('AUDIT_API_TOKEN', get),
    adminToken: token('AUDIT_ADMIN_TOKEN', get),
    statementTimeoutMs: wholeNumber('AUDIT_QUERY_STATEMENT_TIMEOUT_MS', get, {
      min: 1,
      max: 600_000,
      fallback: 10_000,
    }),
    oidc: readOidcConfig(get, file['oidc']),
  };
}

function readYaml(text: string): Record<string, unknown> {
  let file: unknown;
  try {
    // All scalars stay text: a token of digits only is no number. No excerpt in messages: it may show a secret.
    file = parse(text, { schema: 'failsafe', prettyErrors: false }) || {};
  } catch (cause) {
    const { message, pos } = cause as Partial<YAMLParseError> & Error;
    // An alias such as *x, which a pattern without quotes looks like, has no position.
    const place = pos
      ? `at line ${text.slice(0, pos[0]).split('\n').length}: ${message}`
      : `${message} (put patterns that begin with * in quotes)`;
    throw new Error(
      `cannot start: the configuration file must be YAML, got ${place}`,
      { cause },
    );
  }
  if (typeof file !== 'object' || Array.isArray(file))
    throw new Error(
      `cannot start: the configuration file must hold settings as "name: value", got ${kindOf(file)}`,
    );
  return file as Record<string, unknown>;
}

/** In the environment only names that begin as ours do are known to be meant for us. */
function refuseUnknown(inFile: string[], inEnv: string[]): void {
  const ours = inEnv.filter((name) =>
    /^AUDIT_(QUERY|API|ADMIN|OIDC)_/.test(name),
  );
  const unknown = [
    ...inFile.filter((name) => name !== 'oidc' && !OF_OTHERS.test(name)),
    ...ours,
  ].find((name) => !(OWN as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new Error(
      `cannot start: unknown setting ${unknown}; expected one of ${OWN.join(', ')}`,
    );
}

function scalar(name: Name, value: unknown): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string')
    throw refused(name, 'a single value', kindOf(value));
  return value;
}

function databaseUrl(
  name: Name,
  get: (name: Name) => string | undefined,
): string {
  const value = get(name);
  const expected = 'a URL such as postgres://user@host:5432/database';
  if (value === undefined) throw refused(name, expected, 'nothing');
  // The value may hold a password, so it is described, not shown.
  const protocol = URL.parse(value)?.protocol;
  if (protocol === undefined)
    throw refused(name, expected, 'a text that is no URL');
  if (!/^postgres(ql)?:$/.test(protocol))
    throw refused(name, expected, `a URL that begins with ${protocol}`);
  return value;
}

/** Names that Express has for networks: 127.0.0.0/8, 169.254.0.0/16, 10.0.0.0/8 and so on. */
const NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

function proxies(text = ''): string[] {
  const given = text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
  const wrong = given.find((item) => !isNetwork(item));
  if (wrong !== undefined)
    throw refused(
      'AUDIT_QUERY_TRUSTED_PROXIES',
      `a comma list of addresses, networks such as 10.0.0.0/8, or ${NETWORKS.join(', ')}`,
      JSON.stringify(wrong),
    );
  return given;
}

function isNetwork(item: string): boolean {
  const [address = '', bits, ...more] = item.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return NETWORKS.includes(item);
  if (bits === undefined) return true;
  const max = family === 4 ? 32 : 128;
  return /^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= max;
}

function token(
  name: Name,
  get: (name: Name) => string | undefined,
): string | undefined {
  const value = get(name);
  if (value === undefined || tokenProblem(value) === undefined) return value;
  throw refused(
    name,
    `${MIN_TOKEN_LENGTH} visible ASCII characters or more, without spaces`,
    `${value.length} characters${SECRET.test(value) ? '' : ', others among them'}`,
  );
}

function wholeNumber(
  name: Name,
  get: (name: Name) => string | undefined,
  { min, max, fallback }: { min: number; max: number; fallback: number },
): number {
  const text = get(name);
  if (text === undefined) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= min && value <= max))
    throw refused(
      name,
      `a whole number from ${min} to ${max}`,
      JSON.stringify(text),
    );
  return value;
}
