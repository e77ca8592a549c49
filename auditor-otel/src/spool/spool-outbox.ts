import type { Diagnose } from '../diagnostics';
import {
  GIVES_WAY_FIRST,
  ROOM_OF,
  SEGMENT_MAX_BYTES,
  SPOOL_HELD_TIMES,
} from '../limits';
import { createMemoryOutbox } from '../memory-outbox';
import type { MemoryOutbox } from '../memory-outbox';
import type {
  Batch,
  Frame,
  Keeping,
  OnDropped,
  Outbox,
  OutboxSize,
  Settlement,
  StreamKind,
} from '../outbox';
import type { FileSystem } from './file-system';
import { lookAfterDirectories } from './look-after-directories';
import type { Caretaker } from './look-after-directories';
import { createRoomMaker } from './make-room';
import type { ProcessIdentity } from './process-identity';
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
  saveStreamDirectorySync,
} from './stream-directory';
import type { StreamDirectory } from './stream-directory';

/** Why a record is lost that came while the disk still seemed to work. */
const NOWHERE = 'the disk cannot be written, and there is no room in memory';

/** How a spool is set up. */
export interface SpoolOptions {
  fs: FileSystem;
  identity: ProcessIdentity;
  /** The directory of this service; those of its processes are in it. */
  root: string;
  kind: StreamKind;
  maxBytes: number;
  /** Default: 4 MiB. */
  segmentMaxBytes?: number | undefined;
  /** What is kept while the disk cannot be written. */
  memory: { maxRecords: number; maxBytes: number };
  diagnose: Diagnose;
  /** Told of each record that gave way to a more severe one, or that neither disk nor memory would take. */
  onDropped: OnDropped;
  /** There may be something to take that was not before. */
  onReady: () => void;
}

/** An outbox on the disk. */
export interface Spool extends Outbox {
  /** Looks for what other processes left, and goes on doing so. Resolves when all that there is now has been taken over. */
  start(): Promise<void>;
  /** Why records are kept in memory alone at present; undefined while they go to the disk. */
  failure(): Error | undefined;
  /** Leaves what is not settled to the next process. */
  close(): Promise<void>;
  /** At the end of the process: puts on the disk what is not there yet, or tidies up where nothing is left. @returns how many records could not be put there */
  saveSync(): number;
}

/** An outbox whose records survive the process: see segment-format.ts, spool-writer.ts and segment-list.ts. */
export function createSpool(options: SpoolOptions): Spool {
  return new SpoolOutbox(options);
}

class SpoolOutbox implements Spool {
  private readonly options: SpoolOptions;
  private readonly list: SegmentList;
  private readonly writer: SpoolWriter;
  /** What the disk would not take. */
  private readonly memory: MemoryOutbox;
  private readonly directories = new Set<StreamDirectory>();
  private own: StreamDirectory | undefined;
  private readonly makeRoom: () => void;
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
      segmentMaxBytes: options.segmentMaxBytes ?? SEGMENT_MAX_BYTES,
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
    this.makeRoom = createRoomMaker({
      ...options,
      list: this.list,
      streamId: kind.streamId,
      ownBytes: () => this.list.ownBytes + this.writer.size.bytes,
    });
  }

  start(): Promise<void> {
    this.caretaker = lookAfterDirectories({
      ...this.options,
      directories: () => this.directories,
      onGone: (directory) => this.directories.delete(directory),
      onTakenOver: async (directory) => {
        this.directories.add(directory);
        await this.list.takeOver(directory);
      },
    });
    return this.caretaker.first;
  }

  append(frame: Frame, kept?: (keeping: Keeping) => void): 'queued' | 'full' {
    if (this.writer.failure) return this.memory.append(frame, kept);
    const size = sizeOfFrame(frame);
    const unwritten = this.writer.size.bytes + size;
    const isFull =
      !this.hasRoom(frame, unwritten) ||
      this.writer.size.bytes > this.options.memory.maxBytes;
    if (isFull) return 'full';
    this.writer.append({ frame, size, kept });
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

  async close(): Promise<void> {
    await this.caretaker?.stop();
    if (!this.writer.failure) this.moveToDisk();
    await this.writer.close();
    await this.list.close();
    const { fs } = this.options;
    const left = new Set(this.list.all().map(({ place }) => place.directory));
    for (const directory of this.directories) {
      try {
        if (!left.has(directory)) {
          await removeStreamDirectory(fs, directory);
          continue;
        }
      } catch {
        // It holds something for the next process.
      }
      // What cannot be done now that one finds out.
      await releaseDirectory(fs, directory).catch(() => undefined);
    }
    this.directories.clear();
    this.own = undefined;
  }

  saveSync(): number {
    const frames = [...this.writer.remaining(), ...this.memory.unsettled()];
    const { fs, identity, kind, root } = this.options;
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
      // The open segment may be in the midst of a write, and its directory may have been taken over while this process slept.
      saveStreamDirectorySync(fs, root, identity.name, bytes);
      return 0;
    } catch {
      return frames.length;
    }
  }

  private async makeDirectory(): Promise<StreamDirectory> {
    const { fs, root, identity } = this.options;
    this.own = await createStreamDirectory(fs, root, identity.name);
    this.directories.add(this.own);
    return this.own;
  }

  /** @param unwritten how much there will be with the record that is not in the list of segments */
  private hasRoom(
    { isKept, severityLevel }: Frame,
    unwritten: number,
  ): boolean {
    const { bytes, ownBytes } = this.list;
    const room = this.options.maxBytes * (isKept ? 1 : ROOM_OF[severityLevel]);
    if (ownBytes + unwritten > room) return false;
    const givesWay = !isKept && GIVES_WAY_FIRST.includes(severityLevel);
    return !givesWay || bytes + unwritten <= SPOOL_HELD_TIMES * room;
  }

  private failed(pending: readonly Pending[], error: Error): void {
    this.options.diagnose(
      'spool-failed',
      `cannot write the spool in ${this.options.root}, audit records are in memory alone until it can be written again: ${error.message}`,
    );
    for (const { frame, kept } of pending)
      if (this.memory.append(frame, kept) === 'full') {
        this.options.onDropped(frame, NOWHERE);
        kept?.('lost');
      }
    this.options.onReady();
  }

  private recovered(): void {
    this.options.diagnose('spool-recovered', 'the spool can be written again');
    // What is on its way to the receiver stays in memory.
    const batch = this.memory.take(Infinity, Infinity);
    if (batch) this.moveToDisk(batch.frames);
  }

  private moveToDisk(frames: readonly Frame[] = this.memory.unsettled()): void {
    this.memory.take(Infinity, Infinity);
    this.memory.settle({ ...this.options.kind, frames }, 'sent');
    for (const frame of frames)
      this.writer.append({ frame, size: sizeOfFrame(frame) });
  }
}
