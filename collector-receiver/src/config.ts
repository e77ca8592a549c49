import type { ForeignRecords } from './event-of-record';
import { foreignRecordChoices } from './event-of-record';
import { protectableEvents } from 'audit-event/exclude';
import { isLoopback } from './is-loopback';
import { readSettings } from './read-settings';
import type { SettingName, Settings } from './read-settings';
import type { CertificateFiles } from './tls/read-certificates';
import { tlsFiles } from './tls/tls-files';

/** The settings of a receiver. */
export interface Config {
  databaseUrl: string;
  host: string;
  /** Of OTLP/HTTP; 0 takes any free one. */
  port: number;
  /** Of OTLP/gRPC; 0 takes any free one. */
  grpcPort: number;
  /** Absent: without TLS. */
  tls: CertificateFiles | undefined;
  /** Absent: everybody may send who can connect: from this machine, or with a client certificate. */
  ingestToken: string | undefined;
  maxBodyBytes: number;
  /** Of all bodies at once; one at a time may go over it. */
  maxInFlightBytes: number;
  /** On each listener; over it the one that has waited longest is closed. */
  maxConnections: number;
  /** Stores also while the settings of the database make commits unsafe. */
  allowUnsafeDurability: boolean;
  /** Stores only while the database has synchronous standbys. */
  requireStandby: boolean;
  foreignRecords: ForeignRecords;
  /** After which an operation without outcome counts as unfinished, unless its record says otherwise. */
  operationTimeoutMs: number;
  /** Where months are written to before they are dropped; absent: nowhere. */
  archiveDirectory: string | undefined;
  /** The YAML file, whose exclusion rules are read again whenever they change. It need not be there. */
  file: string;
}

/** The file that is read when AUDIT_CONFIG names none. */
export const DEFAULT_CONFIG_FILE = 'audit.yaml';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const MIN_TOKEN_LENGTH = 8;
/** What the header of a sender can carry as bearer token. */
const SENDABLE = /^[\x21-\x7e]+$/;
const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;

/**
 * The settings, from the environment and the text of the YAML file, which has them under the same names. The
 * environment wins; an empty value counts as not given. The only home of defaults.
 *
 * @throws for a bad or unknown setting, with its name, what was expected and what came
 * @example
 * loadConfig(process.env, 'AUDIT_RECEIVER_HTTP_PORT: 4319');
 */
export function loadConfig(env: NodeJS.ProcessEnv, yamlText?: string): Config {
  const settings = readSettings(env, yamlText ?? '');
  // The rules read it, at each change; checked here too, so that a mistake is named before anything starts.
  settings.someOf('protectedEvents', protectableEvents);
  const host = settings.text('AUDIT_RECEIVER_HOST') ?? '127.0.0.1';
  const tls = tlsFiles(settings);
  const maxBodyBytes = settings.wholeNumber('AUDIT_RECEIVER_MAX_BODY_BYTES', {
    min: 1024,
    max: GIB,
    fallback: 64 * MIB,
  });
  return {
    databaseUrl: databaseUrl(settings),
    host,
    port: port(settings, 'AUDIT_RECEIVER_HTTP_PORT', 4318),
    grpcPort: port(settings, 'AUDIT_RECEIVER_GRPC_PORT', 4317),
    tls,
    ingestToken: ingestToken(
      settings,
      isLoopback(host) || tls?.clientCa !== undefined,
      host,
    ),
    maxBodyBytes,
    maxInFlightBytes: settings.wholeNumber(
      'AUDIT_RECEIVER_MAX_IN_FLIGHT_BYTES',
      { min: MIB, max: 64 * GIB, fallback: 16 * MIB },
    ),
    maxConnections: settings.wholeNumber('AUDIT_RECEIVER_MAX_CONNECTIONS', {
      min: 1,
      max: 1_000_000,
      fallback: 1_000,
    }),
    allowUnsafeDurability: settings.yesOrNo(
      'AUDIT_RECEIVER_ALLOW_UNSAFE_DURABILITY',
    ),
    requireStandby: settings.yesOrNo('AUDIT_RECEIVER_REQUIRE_STANDBY'),
    foreignRecords:
      settings.oneOf('AUDIT_RECEIVER_FOREIGN_RECORDS', foreignRecordChoices) ??
      'store',
    operationTimeoutMs: settings.wholeNumber(
      'AUDIT_RECEIVER_OPERATION_TIMEOUT_MS',
      { min: 1_000, max: WEEK_MS, fallback: 15 * MINUTE_MS },
    ),
    archiveDirectory: settings.text('AUDIT_ARCHIVE_DIR'),
    file: env['AUDIT_CONFIG'] || DEFAULT_CONFIG_FILE,
  };
}

function databaseUrl(settings: Settings): string {
  const name = 'AUDIT_DATABASE_URL';
  const expected = 'a URL such as postgres://user@host:5432/database';
  const value = settings.text(name);
  if (value === undefined) throw settings.refused(name, expected, 'nothing');
  // The value may hold a password, so it is described, not shown.
  const protocol = URL.parse(value)?.protocol;
  if (protocol === undefined)
    throw settings.refused(name, expected, 'a text that is no URL');
  if (!/^postgres(ql)?:$/.test(protocol))
    throw settings.refused(
      name,
      expected,
      `a URL that begins with ${protocol}`,
    );
  return value;
}

function port(settings: Settings, name: SettingName, fallback: number): number {
  return settings.wholeNumber(name, { min: 0, max: 65_535, fallback });
}

function ingestToken(
  settings: Settings,
  isOptional: boolean,
  host: string,
): string | undefined {
  const name = 'AUDIT_INGEST_TOKEN';
  const token = settings.text(name);
  if (token === undefined && !isOptional)
    throw settings.refused(
      name,
      `set, or AUDIT_RECEIVER_TLS_CLIENT_CA_FILE, when AUDIT_RECEIVER_HOST is reachable from other machines (${host})`,
      'nothing',
    );
  if (token === undefined) return undefined;
  const isSendable = SENDABLE.test(token);
  if (token.length < MIN_TOKEN_LENGTH || !isSendable)
    throw settings.refused(
      name,
      `${MIN_TOKEN_LENGTH} visible ASCII characters or more, without spaces`,
      `${token.length} characters${isSendable ? '' : ', others among them'}`,
    );
  return token;
}
