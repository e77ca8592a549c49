import { join } from 'node:path';
import { uuidv7 } from 'audit-event';
import type { SeverityLevel } from 'audit-event';
import type { Diagnose } from '../diagnostics';
import { ROOM_OF } from '../limits';
import { createMemoryOutbox } from '../memory-outbox';
import type { MemoryOutbox } from '../memory-outbox';
import type {
  Batch,
  Frame,
  Keeping,
  Outbox,
  OutboxSize,
  Settlement,
  StreamKind,
} from '../outbox';
import { dropFromSegment } from './drop-from-segment';
import type { FileSystem } from './file-system';
import { lookAfterDirectories } from './look-after-directories';
import type { Caretaker } from './look-after-directories';
import type { ProcessIdentity } from './process-identity';
import type { Segment } from './segment';
import {
  encodeFrames,
  encodeHeader,
  newMarker,
  sizeOfFrame,
} from './segment-format';
import { SegmentList } from './segment-list';
import { SpoolWriter } from './spool-writer';
import type { Pending } from './spool-writer';
import {
  createStreamDirectory,
  releaseDirectory,
  removeStreamDirectory,
  segmentPath,
  unownedPath,
} from './stream-directory';
import type { SegmentPlace, StreamDirectory } from './stream-directory';

/** How a spool is set up. */
export interface SpoolOptions {
  fs: FileSystem;
  identity: ProcessIdentity;
  /** The directory of this service; those of its processes are in it. */
  root: string;
  kind: StreamKind;
  maxBytes: number;
  /** What is kept while the disk cannot be written. */
  memory: { maxRecords: number; maxBytes: number };
  diagnose: Diagnose;
  /** Told of each record that gave way to a more severe one. */
  onDropped: (frame: Frame) => void;
  /** There may be something to take that was not before. */
  onReady: () => void;
}

/** An outbox on the disk. */
export interface Spool extends Outbox {
  /** Looks for what other processes left, and goes on doing so. Resolves when all that there is now has been taken over. */
  start(): Promise<void>;
  /** Why records are kept in memory alone at present; undefined while they go to the disk. */
  failure(): Error | undefined;
  /** Resolves when what was appended is on the disk, or in memory where the disk cannot be written. */
  written(): Promise<void>;
  /** Leaves what is not settled to the next process. */
  close(): Promise<void>;
  /** At the end of the process: puts on the disk what is not there yet, or tidies up where nothing is left. @returns how many records could not be put there */
  saveSync(): number;
}

/** An outbox whose records survive the process: see segment-format.ts, spool-writer.ts and segment-list.ts. */
export function createSpool(options: SpoolOptions): Spool {
  return new SpoolOutbox(options);
}

/** The levels that give way, in this order. */
const DROPPED_FIRST: readonly SeverityLevel[] = ['low', 'medium'];

class SpoolOutbox implements Spool {
  private readonly options: SpoolOptions;
  private readonly list: SegmentList;
  private readonly writer: SpoolWriter;
  /** What the disk would not take. */
  private readonly memory: MemoryOutbox;
  private readonly directories = new Set<StreamDirectory>();
  private own: StreamDirectory | undefined;
  private isDropping = false;
  private caretaker: Caretaker | undefined;

  constructor(options: SpoolOptions) {
    const { fs, kind, onReady } = options;
    this.options = options;
    this.list = new SegmentList(options);
    this.memory = createMemoryOutbox({
      ...options.memory,
      kind,
      onDropped: options.onDropped,
    });
    this.writer = new SpoolWriter({
      fs,
      kind,
      makeDirectory: () => this.makeDirectory(),
      onBegun: (segment) => this.list.add(segment),
      onWritten: () => {
        this.list.measure();
        this.makeRoom();
        onReady();
      },
      onSealed: () => this.list.measure(),
      onTakenOver: (directory) => {
        this.directories.delete(directory);
        this.list.forget(directory);
      },
      onFailed: (pending, error) => this.failed(pending, error),
      onRecovered: () => this.recovered(),
    });
  }

  start(): Promise<void> {
    this.caretaker = lookAfterDirectories({
      ...this.options,
      directories: () => this.directories,
      onTakenOver: async (directory) => {
        this.directories.add(directory);
        await this.list.takeOver(directory);
      },
    });
    return this.caretaker.first;
  }

  append(frame: Frame, kept?: (keeping: Keeping) => void): 'queued' | 'full' {
    if (this.writer.failure) return this.memory.append(frame, kept);
    const { maxBytes, memory } = this.options;
    const bytes = this.bytes() + sizeOfFrame(frame);
    const room = frame.isKept ? 1 : ROOM_OF[frame.severityLevel];
    const isFull =
      bytes > maxBytes * room || this.writer.size.bytes > memory.maxBytes;
    if (isFull) return 'full';
    this.writer.append({ frame, kept });
    return 'queued';
  }

  take(maxRecords: number, maxBytes: number): Batch | undefined {
    return (
      this.list.take(maxRecords, maxBytes) ??
      this.memory.take(maxRecords, maxBytes)
    );
  }

  settle(batch: Batch, settlement: Settlement): void {
    this.list.settle(batch.frames, settlement);
    this.memory.settle(batch, settlement);
  }

  size(): OutboxSize {
    const total = this.memory.size();
    const unwritten = this.writer.size;
    total.records += unwritten.records;
    total.bytes += unwritten.bytes + this.list.bytes;
    for (const segment of this.list.all()) {
      const { records, waitingRecords, waitingBytes } = segment.size();
      total.records += records;
      total.waitingRecords += waitingRecords;
      total.waitingBytes += waitingBytes;
    }
    return total;
  }

  failure(): Error | undefined {
    return this.writer.failure;
  }

  written(): Promise<void> {
    return this.writer.flush();
  }

  async close(): Promise<void> {
    await this.caretaker?.stop();
    await this.writer.close();
    await this.list.close();
    const { fs } = this.options;
    const left = new Set(this.list.all().map(({ place }) => place.directory));
    for (const directory of this.directories) {
      const leave = left.has(directory)
        ? releaseDirectory
        : removeStreamDirectory;
      // What cannot be done now the next process does.
      await leave(fs, directory).catch(() => undefined);
    }
    this.directories.clear();
    this.own = undefined;
  }

  saveSync(): number {
    const frames = [...this.writer.remaining(), ...this.memory.unsettled()];
    const { fs, kind, root } = this.options;
    if (frames.length === 0) {
      const isSettled = this.list.all().every((segment) => segment.isSettled);
      if (this.own && isSettled) fs.removeAllSync(this.own.path);
      return 0;
    }
    const marker = newMarker();
    const bytes = Buffer.concat([
      encodeHeader({ ...kind, marker }),
      encodeFrames(marker, frames),
    ]);
    try {
      fs.writeSync(segmentPath(this.placeAtEnd(fs, root)), bytes);
      return 0;
    } catch {
      return frames.length;
    }
  }

  /** A file of its own, because the open one may be in the midst of a write. */
  private placeAtEnd(fs: FileSystem, root: string): SegmentPlace {
    const number = this.writer.reserveNumber();
    if (this.own) return { directory: this.own, number };
    const path = join(root, uuidv7());
    const ownerPath = unownedPath(path);
    fs.writeSync(ownerPath, Buffer.alloc(0));
    return { directory: { path, ownerPath }, number };
  }

  private async makeDirectory(): Promise<StreamDirectory> {
    const { fs, root, identity } = this.options;
    this.own = await createStreamDirectory(fs, root, identity.name);
    this.directories.add(this.own);
    return this.own;
  }

  private bytes(): number {
    return this.list.bytes + this.writer.size.bytes;
  }

  private failed(pending: readonly Pending[], error: Error): void {
    this.options.diagnose(
      'spool-failed',
      `cannot write the spool in ${this.options.root}, audit records are in memory alone until it can be written again: ${error.message}`,
    );
    for (const { frame, kept } of pending)
      if (this.memory.append(frame, kept) === 'full')
        this.options.onDropped(frame);
    this.options.onReady();
  }

  private recovered(): void {
    this.options.diagnose('spool-recovered', 'the spool can be written again');
    const batch = this.memory.take(Infinity, Infinity);
    if (!batch) return;
    this.memory.settle(batch, 'sent');
    for (const frame of batch.frames) this.writer.append({ frame });
  }

  /** Drops low records, and medium ones when there are none, from the newest segments that are on the disk alone. */
  private makeRoom(): void {
    if (this.isDropping) return;
    const level = DROPPED_FIRST.find(
      (one) => this.isOver(one) && this.newestWith(one),
    );
    const segment = level && this.newestWith(level);
    if (!level || !segment) return;
    this.isDropping = true;
    const { fs, onDropped, diagnose } = this.options;
    void this.list
      .whileBusy(segment, async () => {
        for (const frame of await dropFromSegment(fs, segment, level))
          onDropped(frame);
      })
      .then(
        () => {
          this.isDropping = false;
          this.makeRoom();
        },
        (error: unknown) => {
          this.isDropping = false;
          diagnose(
            'spool-room',
            `cannot make room in the spool: ${String(error)}`,
          );
        },
      );
  }

  private isOver(level: SeverityLevel): boolean {
    return this.bytes() > this.options.maxBytes * ROOM_OF[level];
  }

  private newestWith(level: SeverityLevel): Segment | undefined {
    return this.list
      .all()
      .findLast(
        (segment) =>
          segment.isSealed &&
          !segment.isLoaded &&
          (segment.droppable?.[level] ?? 0) > 0,
      );
  }
}
