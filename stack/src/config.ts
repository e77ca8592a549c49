import { loadConfig as loadReceiverConfig } from 'collector-receiver';
import type { Config as ReceiverConfig } from 'collector-receiver';
import { loadConfig as loadQueryConfig } from 'query-service';
import type { Config as QueryConfig } from 'query-service';
import { parse } from 'yaml';

export interface Config {
  /** A server of one's own; undefined starts the embedded one. */
  databaseUrl: string | undefined;
  /** Where the embedded Postgres keeps its data. */
  dataDirectory: string;
  /** The settings of both services on the database that is used in the end. */
  services(databaseUrl: string): ServiceConfigs;
}

export interface ServiceConfigs {
  receiver: ReceiverConfig;
  query: QueryConfig;
}

/**
 * The settings of the whole stack: its own two, and those of both services, which their own `loadConfig` reads and checks.
 *
 * @throws for a bad or unknown setting, with its name, what was expected and what came
 * @example
 * const config = loadConfig(process.env, 'AUDIT_QUERY_PORT: 8080');
 */
export function loadConfig(env: NodeJS.ProcessEnv, yamlText?: string): Config {
  const services = (databaseUrl: string): ServiceConfigs => {
    const given = { ...env, AUDIT_DATABASE_URL: databaseUrl };
    return {
      receiver: loadReceiverConfig(given, yamlText),
      query: loadQueryConfig(given, yamlText),
    };
  };
  // Checked before a server is started for settings that cannot work.
  services('postgresql:///any');
  const file = (parse(yamlText ?? '', { schema: 'failsafe' }) || {}) as Record<
    string,
    unknown
  >;
  const get = (name: string) => env[name] || text(name, file[name]);
  return {
    databaseUrl: get('AUDIT_DATABASE_URL'),
    dataDirectory: get('AUDIT_DATA_DIR') ?? '.audit',
    services,
  };
}

function text(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new Error(
    `cannot start: ${name} must be a text, got ${JSON.stringify(value)}`,
  );
}
