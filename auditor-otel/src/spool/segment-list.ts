import { dirname } from 'node:path';
import type { Diagnose } from '../diagnostics';
import {
  CURSOR_INTERVAL_MS,
  LOADED_SEGMENTS,
  UNREAD_RETRY_MS,
} from '../limits';
import type { Batch, Frame, Settlement } from '../outbox';
import { readCursor, writeCursor } from './cursor';
import type { Cursor } from './cursor';
import { isMissing } from './file-system';
import type { FileSystem } from './file-system';
import { Segment } from './segment';
import { decodeSegment } from './segment-format';
import {
  damagedPath,
  listSegments,
  removeStreamDirectory,
  segmentPath,
} from './stream-directory';
import type { StreamDirectory } from './stream-directory';

/** What the list needs, and whom it tells. */
export interface SegmentListOptions {
  fs: FileSystem;
  diagnose: Diagnose;
  /** There may be something to take that was not before. */
  onReady: () => void;
}

/**
 * The segments of a process, oldest first: its own, and those that it took over. The first two are in memory when they
 * are sent, and the one that is being written; all others are on the disk alone.
 */
export class SegmentList {
  /** Of all files. */
  bytes = 0;
  /** Of those that this process wrote. */
  ownBytes = 0;
  private readonly options: SegmentListOptions;
  private segments: Segment[] = [];
  /** Directories of other processes, which are removed once they are empty. */
  private readonly takenOver = new Set<StreamDirectory>();
  /** Their files are being read or replaced. */
  private readonly busy = new Set<Segment>();
  private readonly unreadable = new Set<Segment>();
  private housekeeping: Promise<void> = Promise.resolve();
  private cursorTimer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(options: SegmentListOptions) {
    this.options = options;
  }

  all(): readonly Segment[] {
    return this.segments;
  }

  /** Adds the segment that is being written. */
  add(segment: Segment): void {
    this.segments.push(segment);
    this.measure();
  }

  /** Adds the segments of a directory that was taken over, in front: they are older. */
  async takeOver(directory: StreamDirectory): Promise<void> {
    const { fs } = this.options;
    const cursor = await readCursor(fs, directory);
    const found: Segment[] = [];
    for (const number of await listSegments(fs, directory)) {
      const place = { directory, number };
      const { size } = await fs.stat(segmentPath(place));
      // Its process ended between moving the cursor on and removing the file.
      if (number < cursor.segment) await fs.remove(segmentPath(place));
      else {
        const start = number === cursor.segment ? cursor.offset : 0;
        found.push(new Segment(place, undefined, size, start));
      }
    }
    this.takenOver.add(directory);
    this.segments.unshift(...found);
    this.measure();
    this.options.onReady();
    if (found.length === 0) this.retire(directory, []);
  }

  /** Leaves a directory, and the segments in it, to the process that took it over. */
  forget(directory: StreamDirectory): void {
    this.segments = this.segments.filter(
      ({ place }) => place.directory !== directory,
    );
    this.takenOver.delete(directory);
    this.measure();
  }

  /** To call when a segment is full, or got longer. */
  measure(): void {
    this.settled();
    const readable = this.segments.filter((one) => !this.unreadable.has(one));
    for (const segment of readable.slice(LOADED_SEGMENTS))
      if (segment.isSealed) segment.unload();
    this.weigh();
  }

  private weigh(): void {
    this.bytes = 0;
    this.ownBytes = 0;
    for (const { bytes, place } of this.segments) {
      this.bytes += bytes;
      if (!this.takenOver.has(place.directory)) this.ownBytes += bytes;
    }
  }

  /** As `Outbox.take`; what is on the disk is read for the next call. */
  take(maxRecords: number, maxBytes: number): Batch | undefined {
    let inMemory = 0;
    for (const segment of this.segments) {
      if (this.unreadable.has(segment)) continue;
      const batch = segment.take(maxRecords, maxBytes);
      if (batch) return batch;
      if (segment.isLoaded || this.busy.has(segment)) inMemory += 1;
      else if (inMemory < LOADED_SEGMENTS) return void this.load(segment);
    }
    return undefined;
  }

  /** As `Outbox.settle`; frames that are not of a segment are passed over. */
  settle(frames: readonly Frame[], settlement: Settlement): void {
    for (const segment of this.segments) segment.settle(frames, settlement);
    this.settled();
  }

  /** The newest one whose file may be replaced, and for which this holds. */
  newestReplaceable(holds: (segment: Segment) => boolean): Segment | undefined {
    return this.segments.findLast(
      (segment) =>
        segment.isReplaceable &&
        !this.busy.has(segment) &&
        !this.unreadable.has(segment) &&
        holds(segment),
    );
  }

  /** Keeps `take` and `unload` away from a segment while its file is replaced. */
  async whileBusy(segment: Segment, work: () => Promise<void>): Promise<void> {
    this.busy.add(segment);
    try {
      await work();
    } finally {
      this.busy.delete(segment);
      this.measure();
      this.options.onReady();
    }
  }

  /** Resolves when files are as the list says; after that they are left to the next process. */
  async close(): Promise<void> {
    clearTimeout(this.cursorTimer);
    this.cursorTimer = undefined;
    for (const directory of this.directories()) this.saveCursor(directory);
    this.isClosed = true;
    await this.housekeeping;
  }

  private settled(): void {
    const done = this.segments.filter(
      (segment) => segment.isSealed && segment.isSettled,
    );
    if (done.length > 0) {
      this.segments = this.segments.filter((one) => !done.includes(one));
      this.weigh();
      for (const directory of new Set(done.map(({ place }) => place.directory)))
        this.retire(
          directory,
          done.filter(({ place }) => place.directory === directory),
        );
    }
    if (this.isClosed) return;
    this.cursorTimer ??= setTimeout(() => {
      this.cursorTimer = undefined;
      for (const directory of this.directories()) this.saveCursor(directory);
    }, CURSOR_INTERVAL_MS).unref();
  }

  private directories(): Set<StreamDirectory> {
    return new Set(this.segments.map(({ place }) => place.directory));
  }

  /** The cursor first: were a file gone before it, nobody could tell that from one that was lost. */
  private retire(directory: StreamDirectory, done: readonly Segment[]): void {
    const { fs } = this.options;
    const last = Math.max(0, ...done.map(({ place }) => place.number));
    this.saveCursor(directory, { segment: last + 1, offset: 0 });
    this.keepHouse(async () => {
      for (const { place } of done) await fs.remove(segmentPath(place));
      if (!this.takenOver.has(directory) || this.directories().has(directory))
        return;
      // Those that were settled since are removed next.
      if ((await listSegments(fs, directory)).length > 0) return;
      this.takenOver.delete(directory);
      await removeStreamDirectory(fs, directory);
    });
  }

  /** @param otherwise where the cursor is when no segment of the directory is left */
  private saveCursor(directory: StreamDirectory, otherwise?: Cursor): void {
    const first = this.segments.find(
      ({ place }) => place.directory === directory,
    );
    const cursor = first
      ? { segment: first.place.number, offset: first.settledUpTo() }
      : otherwise;
    if (!cursor) return;
    const text = `${cursor.segment} ${cursor.offset}`;
    if (this.savedCursors.get(directory) === text) return;
    this.savedCursors.set(directory, text);
    this.keepHouse(() => writeCursor(this.options.fs, directory, cursor));
  }

  private readonly savedCursors = new WeakMap<StreamDirectory, string>();

  /** One after the other. A failure costs a repetition after the next start, never a record. */
  private keepHouse(work: () => Promise<void>): void {
    if (this.isClosed) return;
    this.housekeeping = this.housekeeping.then(work).catch((error: unknown) => {
      if (!isMissing(error))
        this.options.diagnose(
          'spool',
          `the spool could not be tidied: ${String(error)}`,
        );
    });
  }

  private async load(segment: Segment): Promise<void> {
    const { fs, diagnose } = this.options;
    const path = segmentPath(segment.place);
    this.busy.add(segment);
    try {
      const content = decodeSegment(await fs.read(path));
      if (!content) return await this.setAside(segment, path);
      const { header, frames, damagedBytes } = content;
      segment.load(header, frames);
      if (damagedBytes > 0)
        diagnose(
          'damaged',
          `${damagedBytes} bytes of ${path} are no whole audit record: it is damaged, or was cut off by the end of a process`,
        );
      this.ready(segment);
    } catch (error) {
      if (isMissing(error)) {
        diagnose(
          'gone',
          `${path} is gone: another process took it over and is done with it, or it was deleted`,
        );
        this.remove(segment);
        return this.ready(segment);
      }
      diagnose('unread', `cannot read ${path}, trying again: ${String(error)}`);
      this.unreadable.add(segment);
      this.ready(segment);
      setTimeout(() => {
        this.unreadable.delete(segment);
        this.options.onReady();
      }, UNREAD_RETRY_MS).unref();
    }
  }

  private ready(segment: Segment): void {
    this.busy.delete(segment);
    this.settled();
    this.options.onReady();
  }

  private remove(segment: Segment): void {
    const { directory } = segment.place;
    this.segments = this.segments.filter((one) => one !== segment);
    this.measure();
    if (!this.directories().has(directory)) this.retire(directory, []);
  }

  /** Nothing can be read of it, but somebody may want to try. */
  private async setAside(segment: Segment, path: string): Promise<void> {
    const { fs, diagnose } = this.options;
    const aside = damagedPath(segment.place);
    await fs.makeDirectory(dirname(aside));
    await fs.rename(path, aside);
    diagnose(
      'damaged',
      `${path} cannot be read as audit records; it is kept as ${aside}`,
    );
    this.remove(segment);
    this.ready(segment);
  }
}
