import type { Frame, Keeping, StreamKind } from '../outbox';
import { isOwned, segmentPath, TEMPORARY } from './stream-directory';
import type { StreamDirectory } from './stream-directory';
import type { AppendFile, FileSystem } from './file-system';
import {
  COMMIT_BYTES,
  COMMIT_MS,
  COMMIT_RECORDS,
  SPOOL_RETRY_MS,
  WRITE_MAX_BYTES,
} from '../limits';
import { Segment } from './segment';
import { encodeFrames, encodeHeader, newMarker } from './segment-format';

/** A record that is not on the disk yet, and who waits for it. */
export interface Pending {
  frame: Frame;
  /** Of the frame on the disk, in bytes. */
  size: number;
  kept?: ((keeping: Keeping) => void) | undefined;
}

/** What the writer needs, and whom it tells. */
export interface SpoolWriterOptions {
  fs: FileSystem;
  kind: StreamKind;
  /** A segment is full at this size. */
  segmentMaxBytes: number;
  /** Makes a directory for this process, at first and when another process took the last one over. */
  makeDirectory(): Promise<StreamDirectory>;
  /** A segment was begun. */
  onBegun(segment: Segment): void;
  /** Records are on the disk, and in the segment. */
  onWritten(): void;
  /** A segment is full. */
  onSealed(segment: Segment): void;
  /** Another process took over the directory and all that is in it. */
  onTakenOver(directory: StreamDirectory): void;
  /** The disk cannot be written: these must be kept elsewhere. */
  onFailed(pending: readonly Pending[], error: Error): void;
  /** It can again. */
  onRecovered(): void;
}

/** The segment that is being written. */
interface Open {
  segment: Segment;
  file: AppendFile;
  marker: Buffer;
}

/**
 * Brings records to the disk in groups: one write and one flush for all that came within 5 ms, or earlier for 128 records or
 * 256 KiB. A file whose flush failed is never used again, because the kernel may have forgotten what it could not write
 * (https://lwn.net/Articles/752063/).
 */
export class SpoolWriter {
  /** Why nothing can be written at present. */
  failure: Error | undefined;
  private readonly options: SpoolWriterOptions;
  private pending: Pending[] = [];
  private pendingBytes = 0;
  /** In the commit that is under way. */
  private writing: readonly Pending[] = [];
  private writingBytes = 0;
  private directory: StreamDirectory | undefined;
  private open: Open | undefined;
  private nextNumber = 1;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isClosed = false;

  constructor(options: SpoolWriterOptions) {
    this.options = options;
  }

  /** What is not on the disk yet. */
  get size(): { records: number; bytes: number } {
    return {
      records: this.pending.length + this.writing.length,
      bytes: this.pendingBytes + this.writingBytes,
    };
  }

  append(pending: Pending): void {
    this.pending.push(pending);
    this.pendingBytes += pending.size;
    this.schedule();
  }

  /** Resolves when all that was appended is on the disk, or has been handed to `onFailed`. */
  async flush(): Promise<void> {
    while (this.running || (this.pending.length > 0 && !this.failure)) {
      this.write();
      await this.running;
    }
  }

  /** Writes what is pending, and ends. */
  async close(): Promise<void> {
    await this.flush();
    this.isClosed = true;
    await this.seal();
  }

  /** What is not known to be on the disk, for the end of the process. */
  remaining(): Frame[] {
    return [...this.writing, ...this.pending].map(({ frame }) => frame);
  }

  private schedule(): void {
    if (this.running || this.failure || this.pending.length === 0) return;
    if (
      this.pending.length >= COMMIT_RECORDS ||
      this.pendingBytes >= COMMIT_BYTES
    )
      this.write();
    else this.timer ??= setTimeout(() => this.write(), COMMIT_MS);
  }

  private write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.run(() => this.writeAll());
  }

  /** One thing at a time. */
  private run(work: () => Promise<void>): void {
    this.running ??= work().finally(() => {
      this.running = undefined;
      // Whoever heard that its record is kept may have made another one before this.
      this.schedule();
    });
  }

  private async writeAll(): Promise<void> {
    while (this.pending.length > 0 && !this.failure) {
      this.next();
      try {
        await this.writeFrames(this.writing.map(({ frame }) => frame));
      } catch (error) {
        await this.fail(error as Error);
        break;
      }
      const written = this.writing;
      this.writing = [];
      this.writingBytes = 0;
      for (const { kept } of written) kept?.('spool');
      this.options.onWritten();
    }
  }

  /** Moves what one write takes from `pending` to `writing`. */
  private next(): void {
    let count = 0;
    let bytes = 0;
    for (const { size } of this.pending) {
      if (count > 0 && bytes + size > WRITE_MAX_BYTES) break;
      count += 1;
      bytes += size;
    }
    this.writing = this.pending.slice(0, count);
    this.pending = this.pending.slice(count);
    this.writingBytes = bytes;
    this.pendingBytes -= bytes;
  }

  private async writeFrames(frames: readonly Frame[]): Promise<void> {
    const { segment, file, marker } = await this.openSegment();
    await file.append(encodeFrames(marker, frames));
    await file.sync();
    const { directory } = segment.place;
    if (await isOwned(this.options.fs, directory)) {
      segment.add(frames);
      if (segment.bytes >= this.options.segmentMaxBytes) await this.seal();
      return;
    }
    // Whoever took the directory over may have read the segment before this write.
    await this.seal();
    this.leave(directory);
    await this.writeFrames(frames);
  }

  private async openSegment(): Promise<Open> {
    if (this.open) return this.open;
    const { fs, kind } = this.options;
    const directory = await this.ownDirectory();
    const place = { directory, number: this.nextNumber++ };
    const marker = newMarker();
    const header = encodeHeader({ ...kind, marker });
    const path = segmentPath(place);
    const file = await fs.create(path + TEMPORARY);
    try {
      await file.append(header);
      await file.sync();
      // A segment that can be seen has its header.
      await fs.rename(path + TEMPORARY, path);
      await fs.syncDirectory(directory.path);
    } catch (error) {
      await file.close().catch(() => undefined);
      // A disk that is full is tried again and again.
      for (const made of [path + TEMPORARY, path])
        await fs.remove(made).catch(() => undefined);
      throw error;
    }
    const segment = new Segment(place, kind, header.length);
    this.open = { segment, file, marker };
    this.options.onBegun(segment);
    return this.open;
  }

  private async ownDirectory(): Promise<StreamDirectory> {
    if (this.directory && !(await isOwned(this.options.fs, this.directory)))
      this.leave(this.directory);
    return (this.directory ??= await this.options.makeDirectory());
  }

  private async seal(): Promise<void> {
    if (!this.open) return;
    const { segment, file } = this.open;
    this.open = undefined;
    segment.isSealed = true;
    await file.close().catch(() => undefined);
    this.options.onSealed(segment);
  }

  private leave(directory: StreamDirectory): void {
    this.directory = undefined;
    this.options.onTakenOver(directory);
  }

  private async fail(error: Error): Promise<void> {
    await this.seal();
    this.failure = error;
    const lost = [...this.writing, ...this.pending];
    this.writing = [];
    this.pending = [];
    this.writingBytes = 0;
    this.pendingBytes = 0;
    this.options.onFailed(lost, error);
    this.retryLater();
  }

  private retryLater(): void {
    setTimeout(() => this.run(() => this.retry()), SPOOL_RETRY_MS).unref();
  }

  /** A segment that can be begun is the sign that the disk can be written again. */
  private async retry(): Promise<void> {
    if (this.isClosed) return;
    try {
      await this.openSegment();
    } catch (error) {
      this.failure = error as Error;
      return this.retryLater();
    }
    this.failure = undefined;
    this.options.onRecovered();
  }
}
