import type { FaultName } from '../faults/fault-kinds';
import type { Patch } from './patch';

/** A bug that is put into copies of the build, of the Collector's configuration or into the database, for one run. */
export interface Plant {
  /** By file of the build. */
  receiver?: Readonly<Record<string, readonly Patch[]>> | undefined;
  emitter?: Readonly<Record<string, readonly Patch[]>> | undefined;
  /** In otel-collector.yaml. */
  collector?: readonly Patch[] | undefined;
  /** Statements for the migrated database. */
  sql?: readonly string[] | undefined;
  /** The faults that bring it to light. */
  faults: readonly FaultName[];
}

/** Each must make a run fail: a check that cannot fail proves nothing. */
export const plants = {
  /** The receiver answers 200 when the commit begins. */
  'ack-before-commit': {
    receiver: {
      'dist/start.js': [
        {
          from: 'await deps.commit(received);',
          to: 'deps.commit(received).catch(() => undefined);',
        },
      ],
    },
    faults: ['kill-postgres', 'kill-receiver'],
  },

  /** Nothing in the database stops a second row of the same event. */
  'no-dedupe': {
    sql: [`alter table audit.event drop constraint event_pkey`],
    faults: ['drop-answers', 'reset'],
  },

  /** The Collector's queue of audit events is in memory. */
  'queue-in-memory': {
    collector: [{ from: '      storage: file_storage/audit\n', to: '' }],
    faults: ['kill-collector', 'unavailable'],
  },

  /** The emitter removes a segment as soon as its records are on their way, and moves the cursor after that. */
  'cursor-after-unlink': {
    emitter: {
      // Small ones, so that many end in a short run.
      'dist/limits.js': [
        {
          from: 'exports.SEGMENT_MAX_BYTES = 4 * 1024 * 1024;',
          to: 'exports.SEGMENT_MAX_BYTES = 64 * 1024;',
        },
      ],
      'dist/spool/segment.js': [
        {
          from: 'this.isLoaded && this.size().records === 0',
          to: 'this.isLoaded && this.size().waitingRecords === 0',
        },
      ],
      'dist/spool/segment-list.js': [
        {
          from: '        this.saveCursor(directory, { segment: last + 1, offset: 0 });\n',
          to: '',
        },
        {
          from: 'await fs.remove((0, stream_directory_1.segmentPath)(place));\n            if (!',
          to: 'await fs.remove((0, stream_directory_1.segmentPath)(place));\n            this.saveCursor(directory, { segment: last + 1, offset: 0 });\n            if (!',
        },
      ],
    },
    faults: ['kill-emitter', 'unavailable', 'half-open'],
  },

  /** The Collector gathers audit events in its batch processor, which acknowledges before they are in the queue. */
  'batch-processor': {
    collector: [
      {
        from: `    logs/audit_store:
      receivers: [otlp/audit]
      processors: [memory_limiter]`,
        to: `    logs/audit_store:
      receivers: [otlp/audit]
      processors: [memory_limiter, batch/best_effort]`,
      },
    ],
    faults: ['kill-collector'],
  },
} as const satisfies Record<string, Plant>;

export type PlantName = keyof typeof plants;
export const plantNames = Object.keys(plants) as PlantName[];
