import type { SeverityLevel } from './audit-event';

/**
 * Severity level to OTLP severity number. `default`: all below 17, because 17 and above mean an erroneous situation
 * and a critical action that succeeded is none, and low is not DEBUG, because pipelines drop what is below INFO.
 * `backstage`: as the auditor's own log levels (low is debug, the rest info). `otep`: unset, as OTEP 0267 asks.
 */
export const severityNumberPresets = {
  default: { low: 9, medium: 10, high: 13, critical: 14 },
  backstage: { low: 5, medium: 9, high: 9, critical: 9 },
  otep: { low: 0, medium: 0, high: 0, critical: 0 },
} as const satisfies Record<string, SeverityNumbers>;

export type SeverityNumbers = Record<SeverityLevel, number>;
export type SeverityPreset = keyof typeof severityNumberPresets;

/** The level of a record that has no severity word of ours: TRACE to INFO low, WARN medium, ERROR high, FATAL critical. */
export function severityLevelOf(severityNumber: number): SeverityLevel {
  if (severityNumber >= 21) return 'critical';
  if (severityNumber >= 17) return 'high';
  return severityNumber >= 13 ? 'medium' : 'low';
}
