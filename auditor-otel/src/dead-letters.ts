import { join } from 'node:path';
import { uuidv7 } from 'audit-event';
import type { Diagnose } from './diagnostics';
import type { Frame, Keeping, StreamKind } from './outbox';
import type { AppendFile, FileSystem } from './spool/file-system';
import { encodeFrames, encodeHeader, newMarker } from './spool/segment-format';
import {
  isOwned,
  REASONS,
  segmentPath,
  unownedPath,
} from './spool/stream-directory';
import type { StreamDirectory } from './spool/stream-directory';

/** Where records go that the receiver will not take. */
export interface DeadLetters {
  /** Resolves when the record is on the disk, or, where the disk cannot be written, `lost` but for a line on stderr. */
  add(kind: StreamKind, frame: Frame, reason: string): Promise<Keeping>;
  close(): Promise<void>;
}

/** The folder of one stream. */
interface Folder {
  directory: StreamDirectory;
  files: AppendFile[];
  add(frame: Frame, reason: string): Promise<void>;
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
  const folders = new Map<string, Folder>();
  let last: Promise<unknown> = Promise.resolve();

  async function open(kind: StreamKind): Promise<Folder> {
    // A name of its own: an earlier process may have left a folder of the same stream.
    const path = join(root, 'dead-letter', `${kind.streamId}-${uuidv7()}`);
    const directory = { path, ownerPath: unownedPath(path) };
    const marker = newMarker();
    const files: AppendFile[] = [];
    const create = async (name: string) => {
      const file = await fs.create(name);
      files.push(file);
      return file;
    };
    await fs.makeDirectory(path);
    try {
      const segment = await create(segmentPath({ directory, number: 1 }));
      await segment.append(encodeHeader({ ...kind, marker }));
      await segment.sync();
      const reasons = await create(join(path, REASONS));
      await (await fs.create(directory.ownerPath)).close();
      await fs.syncDirectory(path);
      return {
        directory,
        files,
        async add(frame, reason) {
          await segment.append(encodeFrames(marker, [frame]));
          await segment.sync();
          const { id, sequence, severityLevel } = frame;
          const line = { id, sequence, severityLevel, reason };
          await reasons.append(Buffer.from(`${JSON.stringify(line)}\n`));
          await reasons.sync();
        },
      };
    } catch (error) {
      await closeAll(files);
      throw error;
    }
  }

  async function keep(
    kind: StreamKind,
    frame: Frame,
    reason: string,
  ): Promise<void> {
    const key = `${kind.streamId} ${kind.encoding}`;
    const folder = folders.get(key) ?? (await open(kind));
    folders.set(key, folder);
    try {
      await folder.add(frame, reason);
      if (await isOwned(fs, folder.directory)) return;
    } catch (error) {
      await leave(key, folder);
      throw error;
    }
    // It was moved, to be sent again: whoever does that may have read it before this write.
    await leave(key, folder);
    await keep(kind, frame, reason);
  }

  async function leave(key: string, folder: Folder): Promise<void> {
    folders.delete(key);
    await closeAll(folder.files);
  }

  return {
    add(kind, frame, reason) {
      const kept = last.then(async (): Promise<Keeping> => {
        try {
          await keep(kind, frame, reason);
          return 'spool';
        } catch (error) {
          diagnose(
            'dead-letter',
            `a refused audit record could not be kept in the spool and is on stderr: ${String(error)}`,
          );
          writeLastResort(frame);
          return 'lost';
        }
      });
      last = kept;
      return kept;
    },
    async close() {
      await last;
      for (const [key, folder] of [...folders]) await leave(key, folder);
    },
  };
}

async function closeAll(files: readonly AppendFile[]): Promise<void> {
  for (const file of files) await file.close().catch(() => undefined);
}
