import { validateHeaderName, validateHeaderValue } from 'node:http';
import { resolve } from 'node:path';
import { severityLevels, severityNumberPresets } from 'audit-event';
import type { JsonObject, SeverityLevel, SeverityNumbers } from 'audit-event';
import { deliveryLevels, overflowPolicies } from './delivery-level';
import type {
  DeliveryLevel,
  DeliverySettings,
  OverflowPolicy,
} from './delivery-level';
import {
  DELIVERY_TIMEOUT_MS,
  QUEUE_MAX_BYTES,
  QUEUE_MAX_RECORDS,
  REQUEST_TIMEOUT_MS,
  SHUTDOWN_TIMEOUT_MS,
  SPOOL_DIRECTORY,
  SPOOL_MAX_BYTES,
  SPOOL_MIN_BYTES,
} from './limits';
import { redactMetaOf } from './redact-meta-setting';
import type { RedactMeta } from './redact-meta';
import { secretNames } from './secret-names';
import type { IsSecret } from './secret-names';
import { SettingReader } from './setting-reader';

/** What a user may set, in `app-config.yaml` under `auditorOtel` and in `createAuditor`. The README has the table. */
export interface SettingsInput {
  endpoint?: string | undefined;
  token?: string | undefined;
  headers?: Record<string, string> | undefined;
  encoding?: 'protobuf' | 'json' | undefined;
  gzip?: boolean | undefined;
  timeoutMs?: number | undefined;
  serviceName?: string | undefined;
  serviceVersion?: string | undefined;
  resource?: Record<string, string> | undefined;
  severityNumbers?:
    'default' | 'backstage' | 'otep' | Partial<SeverityNumbers> | undefined;
  initiated?: readonly SeverityLevel[] | undefined;
  redactQueryKeys?: readonly string[] | undefined;
  redactMeta?: readonly string[] | undefined;
  redactMetaSecrets?: boolean | undefined;
  stackTraces?: boolean | undefined;
  queue?:
    | { maxRecords?: number | undefined; maxBytes?: number | undefined }
    | undefined;
  spool?:
    | false
    | { directory?: string | undefined; maxBytes?: number | undefined }
    | undefined;
  delivery?:
    | {
        level?: DeliveryLevel | undefined;
        levels?: Partial<Record<SeverityLevel, DeliveryLevel>> | undefined;
        strict?: readonly SeverityLevel[] | undefined;
        timeoutMs?: number | undefined;
        whenFull?: OverflowPolicy | undefined;
      }
    | undefined;
  shutdownTimeoutMs?: number | undefined;
}

/** The settings as the code uses them: complete and checked. */
export interface Settings {
  url: URL;
  headers: Record<string, string>;
  encoding: 'protobuf' | 'json';
  gzip: boolean;
  timeoutMs: number;
  serviceName: string;
  serviceVersion: string | undefined;
  resource: JsonObject;
  severityNumbers: SeverityNumbers;
  initiated: ReadonlySet<SeverityLevel>;
  isSecret: IsSecret;
  redactMeta: RedactMeta;
  stackTraces: boolean;
  queue: { maxRecords: number; maxBytes: number };
  /** Undefined: records are in memory alone. */
  spool: SpoolSettings | undefined;
  delivery: DeliverySettings;
  shutdownTimeoutMs: number;
}

/** Where records wait on the disk. */
export interface SpoolSettings {
  directory: string;
  maxBytes: number;
}

/** The OTLP/HTTP port of a Collector or receiver on this machine. */
const DEFAULT_ENDPOINT = 'http://127.0.0.1:4318';

/**
 * Checks settings and fills in what is missing.
 *
 * @param input a `SettingsInput`, from a caller or a configuration file
 * @param where what stands before the key in messages, such as `auditorOtel.`
 * @param serviceName `service.name` where none is set
 * @throws an Error that names the key, what was expected and what came
 * @example
 * readSettings({ endpoint: 'https://audit.example.com' }, 'auditorOtel.', 'backstage').url.href;
 * // 'https://audit.example.com/v1/logs'
 */
export function readSettings(
  input: unknown,
  where: string,
  serviceName: string,
): Settings {
  const reader = new SettingReader(input ?? {}, where);
  const queue = new SettingReader(reader.take('queue') ?? {}, `${where}queue.`);
  const spool = spoolOf(reader.take('spool'), `${where}spool.`);
  const settings: Settings = {
    url: urlOf(reader),
    headers: headersOf(reader),
    encoding: reader.oneOf('encoding', ['protobuf', 'json']) ?? 'protobuf',
    gzip: reader.flag('gzip') ?? true,
    timeoutMs: reader.count('timeoutMs') ?? REQUEST_TIMEOUT_MS,
    serviceName: reader.text('serviceName') ?? serviceName,
    serviceVersion: reader.text('serviceVersion'),
    resource: reader.texts('resource') ?? {},
    severityNumbers: severityNumbersOf(reader, where),
    initiated: new Set(
      reader.list('initiated', severityLevels) ?? severityLevels,
    ),
    isSecret: secretNames(reader.list('redactQueryKeys')),
    redactMeta: redactMetaOf(reader),
    stackTraces: reader.flag('stackTraces') ?? false,
    queue: {
      maxRecords: queue.count('maxRecords') ?? QUEUE_MAX_RECORDS,
      maxBytes: queue.count('maxBytes') ?? QUEUE_MAX_BYTES,
    },
    spool,
    delivery: deliveryOf(
      reader.take('delivery'),
      `${where}delivery.`,
      spool !== undefined,
    ),
    shutdownTimeoutMs: reader.count('shutdownTimeoutMs') ?? SHUTDOWN_TIMEOUT_MS,
  };
  queue.refuseOthers();
  reader.refuseOthers();
  return settings;
}

function spoolOf(input: unknown, where: string): SpoolSettings | undefined {
  if (input === false || input === 'false') return undefined;
  const reader = new SettingReader(input ?? {}, where);
  const spool = {
    directory: resolve(reader.text('directory') ?? SPOOL_DIRECTORY),
    maxBytes: reader.count('maxBytes', SPOOL_MIN_BYTES) ?? SPOOL_MAX_BYTES,
  };
  reader.refuseOthers();
  return spool;
}

function deliveryOf(
  input: unknown,
  where: string,
  hasSpool: boolean,
): DeliverySettings {
  const reader = new SettingReader(input ?? {}, where);
  const levels = new SettingReader(
    reader.take('levels') ?? {},
    `${where}levels.`,
  );
  const levelOf = (from: SettingReader, name: string) => {
    const level = from.oneOf(name, deliveryLevels);
    if (level === 'spool' && !hasSpool)
      throw from.error(name, 'memory or committed where spool is false', level);
    return level;
  };
  const delivery: DeliverySettings = {
    level: levelOf(reader, 'level') ?? (hasSpool ? 'spool' : 'memory'),
    levels: Object.fromEntries(
      severityLevels.flatMap((severity) => {
        const level = levelOf(levels, severity);
        return level === undefined ? [] : [[severity, level]];
      }),
    ),
    strict: new Set(reader.list('strict', severityLevels)),
    timeoutMs: reader.count('timeoutMs') ?? DELIVERY_TIMEOUT_MS,
    whenFull: reader.oneOf('whenFull', overflowPolicies) ?? 'dropLowest',
  };
  levels.refuseOthers();
  reader.refuseOthers();
  return delivery;
}

function urlOf(reader: SettingReader): URL {
  const text = reader.text('endpoint') ?? DEFAULT_ENDPOINT;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw reader.error('endpoint', 'an http or https URL', text);
  if (url.username || url.password)
    throw reader.error(
      'endpoint',
      'a URL without user and password (use token or headers)',
      `one for ${url.host} with them`,
    );
  // As OTEL_EXPORTER_OTLP_ENDPOINT: the signal's path is appended (OTLP exporter specification).
  if (!/\/v1\/(logs|audit)$/.test(url.pathname))
    url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/logs`;
  return url;
}

function headersOf(reader: SettingReader): Record<string, string> {
  const headers = reader.texts('headers') ?? {};
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      throw reader.error(
        `headers.${name}`,
        'a valid HTTP header',
        'one with illegal characters',
      );
    }
  }
  const token = reader.text('token');
  if (token === undefined) return headers;
  if (!/^[\x21-\x7e]+$/.test(token))
    throw reader.error(
      'token',
      'printable ASCII without spaces',
      'something else',
    );
  return { ...headers, authorization: `Bearer ${token}` };
}

function severityNumbersOf(
  reader: SettingReader,
  where: string,
): SeverityNumbers {
  const input = reader.take('severityNumbers');
  const presets = Object.keys(severityNumberPresets);
  const { default: defaults } = severityNumberPresets;
  if (input === undefined) return defaults;
  if (typeof input === 'string') {
    const preset = presets.find((name) => name === input);
    if (preset === undefined)
      throw reader.error(
        'severityNumbers',
        `one of ${presets.join(', ')}, or a number for each level`,
        input,
      );
    return severityNumberPresets[preset as keyof typeof severityNumberPresets];
  }
  const levels = new SettingReader(input, `${where}severityNumbers.`);
  const numbers = { ...defaults } as SeverityNumbers;
  for (const level of severityLevels)
    numbers[level] = levels.count(level, 0, 24) ?? defaults[level];
  levels.refuseOthers();
  return numbers;
}
