import { isJsonObject, kindOf } from 'audit-event';
import { parse } from 'yaml';
import type { YAMLParseError } from 'yaml';

/** Settings of the receiver. */
const OWN = [
  'AUDIT_DATABASE_URL',
  'AUDIT_RECEIVER_HOST',
  'AUDIT_RECEIVER_HTTP_PORT',
  'AUDIT_RECEIVER_GRPC_PORT',
  'AUDIT_RECEIVER_TLS_CERT_FILE',
  'AUDIT_RECEIVER_TLS_KEY_FILE',
  'AUDIT_RECEIVER_TLS_CLIENT_CA_FILE',
  'AUDIT_RECEIVER_MAX_BODY_BYTES',
  'AUDIT_RECEIVER_MAX_IN_FLIGHT_BYTES',
  'AUDIT_RECEIVER_MAX_CONNECTIONS',
  'AUDIT_RECEIVER_ALLOW_UNSAFE_DURABILITY',
  'AUDIT_RECEIVER_REQUIRE_STANDBY',
  'AUDIT_INGEST_TOKEN',
  'AUDIT_RECEIVER_FOREIGN_RECORDS',
  'AUDIT_RECEIVER_OPERATION_TIMEOUT_MS',
  'AUDIT_ARCHIVE_DIR',
  'AUDIT_MIGRATE_RECEIVER_URL',
  'AUDIT_MIGRATE_QUERY_URL',
  'AUDIT_MIGRATE_READER_URL',
  'protectedEvents',
  'excludeRules',
] as const;
export type SettingName = (typeof OWN)[number];

/** Settings that the other parts read; the Collector's address of us begins like ours. */
const OF_OTHERS =
  /^(oidc|AUDIT_(QUERY_\w+|OIDC_\w+|DATA_DIR|API_TOKEN|ADMIN_TOKEN|RECEIVER_ENDPOINT))$/;

/** Names in the environment that are surely meant for us, with the slips of the pen that would go unnoticed. */
const OURS = /^AUDIT_(RECEIVER|INGEST|DATA|ARCHIVE|MIGRATE)/;

/** Reads settings one by one; each function throws for a bad value and gives undefined, or its fallback, for none. */
export interface Settings {
  text(name: SettingName): string | undefined;
  wholeNumber(
    name: SettingName,
    bounds: { min: number; max: number; fallback: number },
  ): number;
  oneOf<T extends string>(
    name: SettingName,
    words: readonly T[],
  ): T | undefined;
  /** `true` or `false`, which is also the fallback. */
  yesOrNo(name: SettingName): boolean;
  /** A list of words, in the file only. */
  someOf<T extends string>(name: SettingName, words: readonly T[]): T[];
  /** The error for a bad value. */
  refused(name: SettingName, expected: string, actual: string): Error;
}

/**
 * The settings of environment and file.
 *
 * @throws for a file that is no YAML and for unknown names: in the file all that no part knows, in the environment
 * those that are surely meant for us
 */
export function readSettings(
  env: NodeJS.ProcessEnv,
  yamlText: string,
): Settings {
  const file = readYaml(yamlText);
  const unknown = [
    ...Object.keys(file),
    ...Object.keys(env).filter((name) => OURS.test(name)),
  ].find(
    (name) =>
      !(OWN as readonly string[]).includes(name) && !OF_OTHERS.test(name),
  );
  if (unknown !== undefined)
    throw new Error(
      `cannot start: unknown setting ${unknown}; expected one of ${OWN.join(', ')}`,
    );

  const text = (name: SettingName): string | undefined => {
    const value = env[name] || file[name] || undefined;
    if (value !== undefined && typeof value !== 'string')
      throw refused(name, 'a single value', kindOf(value));
    return value;
  };
  return {
    text,
    refused,
    wholeNumber(name, { min, max, fallback }) {
      const given = text(name);
      const value =
        given === undefined
          ? fallback
          : /^\d+$/.test(given)
            ? Number(given)
            : NaN;
      if (value >= min && value <= max) return value;
      throw refused(
        name,
        `a whole number from ${min} to ${max}`,
        JSON.stringify(given),
      );
    },
    oneOf(name, words) {
      const given = text(name);
      if (given === undefined) return undefined;
      return wordOf(name, words, given);
    },
    yesOrNo(name) {
      const given = text(name) ?? 'false';
      return wordOf(name, ['true', 'false'], given) === 'true';
    },
    someOf(name, words) {
      const given = file[name] || [];
      if (!Array.isArray(given))
        throw refused(name, `a list of ${words.join(', ')}`, kindOf(given));
      return given.map((word) => wordOf(name, words, word));
    },
  };
}

function readYaml(text: string): Record<string, unknown> {
  let file: unknown;
  try {
    // All scalars stay text: a token of digits only is no number.
    file = parse(text, { schema: 'failsafe', prettyErrors: false }) || {};
  } catch (cause) {
    // Without the excerpt that a pretty message has: it may show a secret.
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
  if (isJsonObject(file)) return file;
  throw new Error(
    `cannot start: the configuration file must hold settings as "name: value", got ${kindOf(file)}`,
  );
}

function wordOf<T extends string>(
  name: SettingName,
  words: readonly T[],
  given: unknown,
): T {
  const word = words.find((one) => one === given);
  if (word === undefined)
    throw refused(name, `one of ${words.join(', ')}`, JSON.stringify(given));
  return word;
}

function refused(name: SettingName, expected: string, actual: string): Error {
  return new Error(`cannot start: ${name} must be ${expected}, got ${actual}`);
}
