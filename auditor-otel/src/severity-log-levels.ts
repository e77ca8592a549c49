import { severityLevels } from 'audit-event';
import type { SeverityLevel } from 'audit-event';

const CONFIG_KEY = 'backend.auditor.severityLogLevelMappings';
const logLevels = ['debug', 'info', 'warn', 'error'] as const;

/** A method of Backstage's logger. */
export type LogLevel = (typeof logLevels)[number];

/** At which level the console line of an event is written. */
export type SeverityLogLevels = Record<SeverityLevel, LogLevel>;

/** As in Backstage's own auditor. */
const defaults: SeverityLogLevels = {
  low: 'debug',
  medium: 'info',
  high: 'info',
  critical: 'info',
};

/** What is used of Backstage's config. */
interface ConfigReader {
  getOptionalString(key: string): string | undefined;
}

/**
 * The log levels that Backstage's own auditor would use, from the same setting.
 *
 * @throws the error of Backstage's own auditor
 */
export function readSeverityLogLevels(config: ConfigReader): SeverityLogLevels {
  const levels = { ...defaults };
  for (const severity of severityLevels) {
    const key = `${CONFIG_KEY}.${severity}`;
    const value = config.getOptionalString(key);
    if (value === undefined) continue;
    const level = logLevels.find((level) => level === value);
    if (level === undefined) throw invalid(key, value);
    levels[severity] = level;
  }
  return levels;
}

function invalid(key: string, value: string): Error {
  const error = new Error(
    `The configuration value for '${key}' was given an invalid value: '${value}'. Expected one of the following valid values: '${logLevels.join(', ')}'.`,
  );
  error.name = 'InputError';
  return error;
}
