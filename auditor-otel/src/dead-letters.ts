import { join } from 'node:path';
import type { Diagnose } from './diagnostics';
import type { Frame, StreamKind } from './outbox';
import type { AppendFile, FileSystem } from './spool/file-system';
import { encodeFrames, encodeHeader, newMarker } from './spool/segment-format';
import { segmentPath, unownedPath } from './spool/stream-directory';

/** Where records go that the receiver will not take. */
export interface DeadLetters {
  /** Resolves when the record is on the disk, or on stderr where the disk cannot be written. */
  add(kind: StreamKind, frame: Frame, reason: string): Promise<void>;
  close(): Promise<void>;
}

/** The folder of one stream. */
interface Folder {
  segment: AppendFile;
  reasons: AppendFile;
  marker: Buffer;
}

/**
 * Keeps refused records in `dead-letter/<stream>/`, a folder such as the spool's own: once the receiver would take them,
 * move it one level up and the next process sends them again. `reasons.ndjson` in it says of each why it was refused.
 *
 * @param root the directory of the service in the spool
 * @param writeLastResort takes a record that cannot be kept there
 */
export function createDeadLetters(
  fs: FileSystem,
  root: string,
  diagnose: Diagnose,
  writeLastResort: (frame: Frame) => void,
): DeadLetters {
  const folders = new Map<string, Promise<Folder>>();
  let last: Promise<void> = Promise.resolve();

  async function open(kind: StreamKind): Promise<Folder> {
    // A name of its own: an earlier process may have left a folder of the same stream.
    const path = join(
      root,
      'dead-letter',
      `${kind.streamId}-${process.pid}-${Date.now()}`,
    );
    const marker = newMarker();
    await fs.makeDirectory(path);
    await (await fs.create(unownedPath(path))).close();
    const directory = { path, ownerPath: unownedPath(path) };
    const segment = await fs.create(segmentPath({ directory, number: 1 }));
    await segment.append(encodeHeader({ ...kind, marker }));
    await segment.sync();
    const reasons = await fs.create(join(path, 'reasons.ndjson'));
    await fs.syncDirectory(path);
    return { segment, reasons, marker };
  }

  async function write(
    kind: StreamKind,
    frame: Frame,
    reason: string,
  ): Promise<void> {
    const key = `${kind.streamId} ${kind.encoding}`;
    const folder = folders.get(key) ?? open(kind);
    folders.set(key, folder);
    try {
      const { segment, reasons, marker } = await folder;
      await segment.append(encodeFrames(marker, [frame]));
      await segment.sync();
      const { id, sequence, severityLevel } = frame;
      const line = { id, sequence, severityLevel, reason };
      await reasons.append(Buffer.from(`${JSON.stringify(line)}\n`));
      await reasons.sync();
    } catch (error) {
      folders.delete(key);
      diagnose(
        'dead-letter',
        `a refused audit record could not be kept in the spool and is on stderr: ${String(error)}`,
      );
      writeLastResort(frame);
    }
  }

  return {
    add(kind, frame, reason) {
      last = last.then(() => write(kind, frame, reason));
      return last;
    },
    async close() {
      await last;
      for (const folder of folders.values()) {
        const { segment, reasons } = await folder;
        await segment.close().catch(() => undefined);
        await reasons.close().catch(() => undefined);
      }
      folders.clear();
    },
  };
}
