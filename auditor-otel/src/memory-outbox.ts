import { severityLevels } from 'audit-event';
import type { SeverityLevel } from 'audit-event';
import { FrameQueue } from './frame-queue';
import type { QueuedFrame } from './frame-queue';
import { GIVES_WAY_FIRST, QUEUE_SHARE_OF_LOW } from './limits';
import { GAVE_WAY } from './outbox';
import type {
  Batch,
  Frame,
  Keeping,
  OnDropped,
  Outbox,
  OutboxSize,
  Settlement,
  StreamKind,
} from './outbox';
import { zeroByLevel } from './zero-by-level';

/** How a memory outbox is set up. */
export interface MemoryOutboxOptions {
  kind: StreamKind;
  maxRecords: number;
  maxBytes: number;
  /** Told of each record that was dropped for a more severe one. */
  onDropped: OnDropped;
}

/**
 * An outbox in memory, bounded by records and bytes.
 *
 * When it is full, the newest low events give way, then the newest medium ones; high and critical ones never do. A tenth
 * of the room is kept for these. The oldest stay, because the beginning of an outage is what an investigation needs.
 */
export function createMemoryOutbox(options: MemoryOutboxOptions): MemoryOutbox {
  return new MemoryOutbox(options);
}

export class MemoryOutbox implements Outbox {
  private readonly options: MemoryOutboxOptions;
  private readonly queues: Record<SeverityLevel, FrameQueue> = {
    low: new FrameQueue(),
    medium: new FrameQueue(),
    high: new FrameQueue(),
    critical: new FrameQueue(),
  };
  private readonly taken = new Map<Frame, QueuedFrame>();
  private order = 0;
  private readonly total: OutboxSize = {
    records: 0,
    bytes: 0,
    waitingRecords: 0,
    waitingBytes: 0,
  };

  constructor(options: MemoryOutboxOptions) {
    this.options = options;
  }

  append(frame: Frame, kept?: (keeping: Keeping) => void): 'queued' | 'full' {
    if (!this.makeRoom(frame)) return 'full';
    this.queues[queueOf(frame)].push({ frame, order: this.order++ });
    this.add(frame);
    this.wait(frame, 1);
    kept?.('memory');
    return 'queued';
  }

  /** All that the receiver is not known to have. */
  unsettled(): Frame[] {
    const queued = severityLevels.flatMap((level) => [
      ...this.queues[level].all(),
    ]);
    return [...this.taken.values(), ...queued]
      .sort((a, b) => a.order - b.order)
      .map(({ frame }) => frame);
  }

  take(maxRecords: number, maxBytes: number): Batch | undefined {
    const frames: Frame[] = [];
    let bytes = 0;
    while (frames.length < maxRecords) {
      const oldest = this.oldest();
      const next = oldest?.first();
      if (!oldest || !next) break;
      bytes += next.frame.bytes.length;
      if (frames.length > 0 && bytes > maxBytes) break;
      oldest.shift();
      this.taken.set(next.frame, next);
      this.wait(next.frame, -1);
      frames.push(next.frame);
    }
    return frames.length === 0 ? undefined : { ...this.options.kind, frames };
  }

  settle(batch: Batch, settlement: Settlement): void {
    const returned: QueuedFrame[] = [];
    for (const frame of batch.frames) {
      const queued = this.taken.get(frame);
      if (!queued) continue;
      this.taken.delete(frame);
      if (settlement === 'retry') returned.push(queued);
      else this.remove(frame);
    }
    this.putBack(returned);
  }

  size(): OutboxSize {
    return { ...this.total };
  }

  private putBack(returned: readonly QueuedFrame[]): void {
    for (const level of severityLevels) {
      const ofLevel = returned.filter(({ frame }) => queueOf(frame) === level);
      if (ofLevel.length > 0) this.queues[level].putBack(ofLevel);
    }
    for (const { frame } of returned) this.wait(frame, 1);
  }

  private oldest(): FrameQueue | undefined {
    let oldest: FrameQueue | undefined;
    let order = Infinity;
    for (const level of severityLevels) {
      const first = this.queues[level].first();
      if (first === undefined || first.order >= order) continue;
      oldest = this.queues[level];
      order = first.order;
    }
    return oldest;
  }

  private makeRoom(frame: Frame): boolean {
    const givesWay = GIVES_WAY_FIRST.indexOf(queueOf(frame));
    const lower =
      givesWay === -1 ? GIVES_WAY_FIRST : GIVES_WAY_FIRST.slice(0, givesWay);
    const share = givesWay === -1 ? 1 : QUEUE_SHARE_OF_LOW;
    if (!this.canFit(frame, lower, share)) return false;
    while (!this.fits(this.total.records, this.total.bytes, frame, share))
      this.dropNewest(lower);
    return true;
  }

  /** Whether there is room once everything lower that waits has gone: else nothing is dropped in vain. */
  private canFit(
    frame: Frame,
    lower: readonly SeverityLevel[],
    share: number,
  ): boolean {
    let { records, bytes } = this.total;
    if (this.fits(records, bytes, frame, share)) return true;
    for (const level of lower) {
      records -= this.queues[level].length;
      bytes -= this.waitingBytesOf[level];
    }
    return this.fits(records, bytes, frame, share);
  }

  private readonly waitingBytesOf = zeroByLevel();

  private fits(
    records: number,
    bytes: number,
    frame: Frame,
    share: number,
  ): boolean {
    const { maxRecords, maxBytes } = this.options;
    return (
      records + 1 <= maxRecords * share &&
      bytes + frame.bytes.length <= maxBytes * share
    );
  }

  private dropNewest(levels: readonly SeverityLevel[]): void {
    const level = levels.find((level) => this.queues[level].length > 0);
    const newest = level && this.queues[level].pop();
    if (!newest) return;
    this.wait(newest.frame, -1);
    this.remove(newest.frame);
    this.options.onDropped(newest.frame, GAVE_WAY);
  }

  private add(frame: Frame): void {
    this.total.records += 1;
    this.total.bytes += frame.bytes.length;
  }

  private remove(frame: Frame): void {
    this.total.records -= 1;
    this.total.bytes -= frame.bytes.length;
  }

  private wait(frame: Frame, sign: 1 | -1): void {
    this.total.waitingRecords += sign;
    this.total.waitingBytes += sign * frame.bytes.length;
    this.waitingBytesOf[queueOf(frame)] += sign * frame.bytes.length;
  }
}

/** Records that never give way queue with the critical ones. */
function queueOf(frame: Frame): SeverityLevel {
  return frame.isKept ? 'critical' : frame.severityLevel;
}
