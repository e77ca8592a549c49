import type { SeverityLevel } from 'audit-event';

/**
 * How far a record must have come before the promise of `success` or `fail` resolves: taken into memory, on the disk of this
 * machine, or acknowledged by the receiver.
 */
export const deliveryLevels = ['memory', 'spool', 'committed'] as const;
export type DeliveryLevel = (typeof deliveryLevels)[number];

/** What is done with a record when there is no room for it. */
export const overflowPolicies = [
  'dropLowest',
  'block',
  'reject',
  'stderr',
] as const;
export type OverflowPolicy = (typeof overflowPolicies)[number];

/** What a caller may ask of one record. */
export interface Demand {
  /** Default: of the settings. */
  level?: DeliveryLevel | undefined;
  /** Whether the promise rejects with an `AuditUnavailableError` when the level is not reached. Default: of the settings. */
  strict?: boolean | undefined;
}

/** What the settings say of it. */
export interface DeliverySettings {
  level: DeliveryLevel;
  /** For some severities another one. */
  levels: Partial<Record<SeverityLevel, DeliveryLevel>>;
  /** Severities whose events are always strict. */
  strict: ReadonlySet<SeverityLevel>;
  /** How long a strict record, and one that has to be committed, may take; in milliseconds. */
  timeoutMs: number;
  whenFull: OverflowPolicy;
}

/** The demand that holds for a record. */
export function demandOf(
  settings: DeliverySettings,
  severityLevel: SeverityLevel,
  asked: Demand = {},
): Required<{ level: DeliveryLevel; strict: boolean }> {
  return {
    level: asked.level ?? settings.levels[severityLevel] ?? settings.level,
    strict: asked.strict ?? settings.strict.has(severityLevel),
  };
}
