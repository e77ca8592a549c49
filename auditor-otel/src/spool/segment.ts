import { severityLevels } from 'audit-event';
import type { SeverityLevel } from 'audit-event';
import { FrameQueue } from '../frame-queue';
import type { QueuedFrame } from '../frame-queue';
import type { Batch, Frame, Settlement, StreamKind } from '../outbox';
import { zeroByLevel } from '../zero-by-level';
import { sizeOfFrame } from './segment-format';
import type { PlacedFrame } from './segment-format';
import type { SegmentPlace } from './stream-directory';

/** How many records of each level a segment has that may give way. */
export type Droppable = Record<SeverityLevel, number>;

/**
 * What is known of one segment file: how much it holds, and in memory, while it is being written or sent, the records
 * that wait. One that waits its turn is on the disk alone.
 */
export class Segment {
  readonly place: SegmentPlace;
  /** Unknown until it was read, when another process wrote it. */
  kind: StreamKind | undefined;
  /** Of the file. */
  bytes: number;
  /** Nothing is written into it any more. */
  isSealed: boolean;
  /** Records that may give way; undefined when it is not known. */
  droppable: Droppable | undefined;
  private waiting: FrameQueue | undefined;
  private waitingBytes = 0;
  private records = 0;
  /** Everything before this place was settled when it was found. */
  private readonly start: number;
  private isTouched = false;
  private readonly taken = new Map<Frame, QueuedFrame>();

  constructor(
    place: SegmentPlace,
    kind: StreamKind | undefined,
    bytes: number,
    start = 0,
  ) {
    this.place = place;
    this.start = start;
    this.kind = kind;
    this.bytes = bytes;
    this.isSealed = kind === undefined;
    if (kind === undefined) return;
    this.waiting = new FrameQueue();
    this.droppable = zeroByLevel();
  }

  /** Whether its records are in memory. */
  get isLoaded(): boolean {
    return this.waiting !== undefined;
  }

  /** Whether the receiver has, or refused, all that it holds. */
  get isSettled(): boolean {
    return this.isLoaded && this.size().records === 0;
  }

  size() {
    if (!this.waiting) {
      const records = Math.max(this.records, 1);
      return { records, waitingRecords: records, waitingBytes: this.bytes };
    }
    const waitingRecords = this.waiting.length;
    return {
      records: waitingRecords + this.taken.size,
      waitingRecords,
      waitingBytes: this.waitingBytes,
    };
  }

  /** Adds what was just written at its end. */
  add(frames: readonly Frame[]): void {
    for (const frame of frames) {
      this.push({ frame, order: this.bytes });
      this.bytes += sizeOfFrame(frame);
      if (!frame.isKept) this.droppable![frame.severityLevel] += 1;
    }
  }

  /** Those of the frames in its file that wait: not what is settled, and not what a write that failed has left at its end. */
  unsettledOf(frames: readonly PlacedFrame[]): PlacedFrame[] {
    return frames.filter(
      ({ offset }) => offset >= this.start && offset < this.bytes,
    );
  }

  /** Takes in what was read from its file. */
  load(kind: StreamKind, frames: readonly PlacedFrame[]): void {
    const unsettled = this.unsettledOf(frames);
    this.kind = kind;
    this.waiting = new FrameQueue();
    this.waitingBytes = 0;
    this.droppable = droppableOf(unsettled.map(({ frame }) => frame));
    for (const { frame, offset } of unsettled)
      this.push({ frame, order: offset });
  }

  /** Its file was replaced by one of so many bytes that holds these alone. */
  replaced(bytes: number, frames: readonly Frame[]): void {
    this.bytes = bytes;
    this.records = frames.length;
    this.droppable = droppableOf(frames);
  }

  /** Whether its file may be replaced: no cursor points into it, and nothing of it is in memory. */
  get isReplaceable(): boolean {
    return this.isSealed && !this.isLoaded && this.start === 0;
  }

  /** Leaves its records to the disk, unless some were taken: what became of these is known here alone. */
  unload(): void {
    if (this.isTouched || !this.waiting) return;
    this.records = this.waiting.length;
    this.waiting = undefined;
    this.waitingBytes = 0;
  }

  /** As `Outbox.take`. */
  take(maxRecords: number, maxBytes: number): Batch | undefined {
    const frames: Frame[] = [];
    let bytes = 0;
    while (this.waiting && frames.length < maxRecords) {
      const next = this.waiting.first();
      if (!next) break;
      bytes += next.frame.bytes.length;
      if (frames.length > 0 && bytes > maxBytes) break;
      this.waiting.shift();
      this.waitingBytes -= next.frame.bytes.length;
      this.taken.set(next.frame, next);
      frames.push(next.frame);
    }
    if (frames.length === 0) return undefined;
    this.isTouched = true;
    return { ...this.kind!, frames };
  }

  /** As `Outbox.settle`, for frames that were taken of it. */
  settle(frames: readonly Frame[], settlement: Settlement): void {
    if (this.taken.size === 0) return;
    const returned: QueuedFrame[] = [];
    for (const frame of frames) {
      const queued = this.taken.get(frame);
      if (!queued) continue;
      this.taken.delete(frame);
      if (settlement === 'retry') returned.push(queued);
    }
    if (returned.length === 0) return;
    for (const { frame } of returned) this.waitingBytes += frame.bytes.length;
    this.waiting!.putBack(returned);
  }

  /** Everything before this place in the file is settled. */
  settledUpTo(): number {
    // Of a segment that is on the disk alone nothing else is known.
    if (!this.isTouched) return this.start;
    let least = this.waiting?.first()?.order ?? this.bytes;
    for (const { order } of this.taken.values()) least = Math.min(least, order);
    return least;
  }

  private push(queued: QueuedFrame): void {
    this.waiting!.push(queued);
    this.waitingBytes += queued.frame.bytes.length;
  }
}

/** How many records of each level may give way. */
export function droppableOf(frames: readonly Frame[]): Droppable {
  const droppable: Droppable = zeroByLevel();
  for (const level of severityLevels)
    droppable[level] = frames.filter(
      (frame) => frame.severityLevel === level && !frame.isKept,
    ).length;
  return droppable;
}
