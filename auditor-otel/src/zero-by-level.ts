import type { SeverityLevel } from 'audit-event';

/** A count for each severity level, from 0. */
export function zeroByLevel(): Record<SeverityLevel, number> {
  return { low: 0, medium: 0, high: 0, critical: 0 };
}
