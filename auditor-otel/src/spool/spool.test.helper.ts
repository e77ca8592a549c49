import type { SeverityLevel } from 'audit-event';
import type { Batch, Frame, Keeping, StreamKind } from '../outbox';
import type { FileSystem } from './file-system';
import { createSpool } from './spool-outbox';
import type { Spool, SpoolOptions } from './spool-outbox';

/** The directory of the service on a disk in memory. */
export const ROOT = '/spool/shop';

/** The kind of a stream that is told from others by one digit. */
export function aKind(stream: number): StreamKind {
  return {
    streamId: `01980f5e-7c1a-7000-9d52-00000000000${stream}`,
    encoding: 'protobuf',
    source: { resource: { 'service.name': 'shop' } },
  };
}

/** A frame whose bytes tell its id. */
export function aFrame(
  sequence: number,
  severityLevel: SeverityLevel = 'high',
  size = 100,
  id = `r${sequence}`,
): Frame {
  const bytes = Buffer.alloc(size, `${id}.`);
  return { id, severityLevel, isKept: false, sequence, bytes };
}

/** Lets everything happen that waits for no time to pass. Needs fake timers that leave setImmediate alone. */
export async function settle(): Promise<void> {
  await new Promise(setImmediate);
}

/** Lets time pass. */
export async function pass(ms: number): Promise<void> {
  await settle();
  jest.advanceTimersByTime(ms);
  await settle();
}

/** Begins to control time. */
export function stopTime(): void {
  jest.useFakeTimers({
    doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'],
  });
}

/** A spool under test, and what it said. */
export interface TestSpool {
  spool: Spool;
  lines: string[];
  dropped: Frame[];
  /** Why they were. */
  reasons: Set<string>;
  /** Those there was no room for, by id. */
  full: Set<string>;
  /** Where each record was said to be kept, by id. */
  kept: Map<string, Keeping>;
  append: (...frames: Frame[]) => void;
  /** Takes and settles all there is. @returns it, in order */
  drain: () => Promise<Frame[]>;
}

/** A spool of one process. */
export function aSpool(
  fs: FileSystem,
  options: Partial<SpoolOptions> & { stream?: number } = {},
): TestSpool {
  const { stream = 1, ...given } = options;
  const lines: string[] = [];
  const dropped: Frame[] = [];
  const reasons = new Set<string>();
  const full = new Set<string>();
  const kept = new Map<string, Keeping>();
  const spool = createSpool({
    fs,
    identity: { name: `${stream}.0.here`, isGone: () => true },
    root: ROOT,
    kind: aKind(stream),
    maxBytes: 1_000_000,
    memory: { maxRecords: 1000, maxBytes: 1_000_000 },
    diagnose: (_, line) => lines.push(line),
    onDropped(frame, reason) {
      dropped.push(frame);
      reasons.add(reason);
    },
    onReady: () => {},
    ...given,
  });
  return {
    spool,
    lines,
    dropped,
    reasons,
    kept,
    full,
    append(...frames) {
      for (const frame of frames) {
        const keep = (keeping: Keeping) => kept.set(frame.id, keeping);
        if (spool.append(frame, keep) === 'full') full.add(frame.id);
      }
    },
    async drain() {
      const all: Frame[] = [];
      // One that gives nothing may have begun to read a segment.
      for (let empty = 0; empty < 20 && spool.size().records > 0;) {
        const batch: Batch | undefined = spool.take(100, 1_000_000);
        if (batch) {
          spool.settle(batch, 'sent');
          all.push(...batch.frames);
          empty = 0;
        } else empty += 1;
        await settle();
      }
      return all;
    },
  };
}
