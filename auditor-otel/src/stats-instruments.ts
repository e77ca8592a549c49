import type { SeverityLevel } from 'audit-event';
import type { Stats } from './pipeline';

/** A value, and what tells it from others of the same instrument. */
export interface Observation {
  value: number;
  attributes?: Record<string, string> | undefined;
}

/** An OpenTelemetry instrument over the stats of an auditor. */
export interface StatsInstrument {
  name: string;
  kind: 'createObservableCounter' | 'createObservableUpDownCounter';
  /** As in UCUM. */
  unit: string;
  description: string;
  read: (stats: Stats) => readonly Observation[];
}

const one = (value: number): Observation[] => [{ value }];

/** What an auditor tells of itself, one row for each instrument. */
export const statsInstruments: readonly StatsInstrument[] = [
  {
    name: 'audit.records.emitted',
    kind: 'createObservableCounter',
    unit: '{record}',
    description: 'Audit records that were made.',
    read: (stats) => one(stats.emitted),
  },
  {
    name: 'audit.records.exported',
    kind: 'createObservableCounter',
    unit: '{record}',
    description: 'Audit records that the receiver has.',
    read: (stats) => one(stats.sent),
  },
  {
    name: 'audit.records.refused',
    kind: 'createObservableCounter',
    unit: '{record}',
    description: 'Audit records that the receiver will not take.',
    read: (stats) => one(stats.refused),
  },
  {
    name: 'audit.records.dropped',
    kind: 'createObservableCounter',
    unit: '{record}',
    description: 'Audit records that there was no room for.',
    read: ({ dropped }) =>
      (Object.keys(dropped) as SeverityLevel[]).map((level) => ({
        value: dropped[level],
        attributes: { 'audit.severity': level },
      })),
  },
  {
    name: 'audit.queue.depth',
    kind: 'createObservableUpDownCounter',
    unit: '{record}',
    description: 'Audit records that wait for the receiver.',
    read: (stats) => one(stats.waiting.records),
  },
  {
    name: 'audit.queue.size',
    kind: 'createObservableUpDownCounter',
    unit: 'By',
    description: 'Bytes of the audit records that wait for the receiver.',
    read: (stats) => one(stats.waiting.bytes),
  },
];
