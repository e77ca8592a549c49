import type { SeverityLevel } from 'audit-event';
import type { Frame } from '../outbox';
import type { FileSystem } from './file-system';
import type { Segment } from './segment';
import { decodeSegment, encodeFrames, encodeHeader } from './segment-format';
import { isOwned, segmentPath, TEMPORARY } from './stream-directory';

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
  const { directory } = segment.place;
  const path = segmentPath(segment.place);
  const content = decodeSegment(await fs.read(path));
  if (!content) {
    segment.droppable = undefined;
    throw new Error(`${path} cannot be read as audit records`);
  }
  const frames = segment.unsettledOf(content.frames).map(({ frame }) => frame);
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
  // Whoever took it over may have read it, and knows places in it.
  if (!(await isOwned(fs, directory)))
    throw new Error(`${directory.path} was taken over by another process`);
  await fs.rename(path + TEMPORARY, path);
  segment.replaced(bytes.length, kept);
  // Were the old file to come back after a power loss, its records would be sent: no loss.
  await fs.syncDirectory(directory.path).catch(() => undefined);
  return frames.filter(givesWay);
}
