import type { SeverityLevel } from 'audit-event';
import type { Frame } from '../outbox';
import type { FileSystem } from './file-system';
import { droppableOf } from './segment';
import type { Segment } from './segment';
import { decodeSegment, encodeFrames, encodeHeader } from './segment-format';
import { segmentPath, TEMPORARY } from './stream-directory';

/**
 * Writes a segment again without the records of one level that may give way. The new file takes the place of the old one
 * in one step.
 *
 * @returns what was dropped
 */
export async function dropFromSegment(
  fs: FileSystem,
  segment: Segment,
  level: SeverityLevel,
): Promise<Frame[]> {
  const path = segmentPath(segment.place);
  const content = decodeSegment(await fs.read(path));
  if (!content) throw new Error(`${path} cannot be read as audit records`);
  const frames = content.frames.map(({ frame }) => frame);
  const givesWay = (frame: Frame) =>
    frame.severityLevel === level && !frame.isKept;
  const kept = frames.filter((frame) => !givesWay(frame));
  const bytes = Buffer.concat([
    encodeHeader(content.header),
    encodeFrames(content.header.marker, kept),
  ]);
  await fs.remove(path + TEMPORARY).catch(() => undefined);
  const file = await fs.create(path + TEMPORARY);
  try {
    await file.append(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await fs.rename(path + TEMPORARY, path);
  await fs.syncDirectory(segment.place.directory.path);
  segment.bytes = bytes.length;
  segment.droppable = droppableOf(kept);
  return frames.filter(givesWay);
}
