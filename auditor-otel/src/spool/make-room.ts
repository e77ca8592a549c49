import type { SeverityLevel } from 'audit-event';
import type { Diagnose } from '../diagnostics';
import { GIVES_WAY_FIRST, ROOM_OF } from '../limits';
import { GAVE_WAY } from '../outbox';
import type { OnDropped } from '../outbox';
import { dropFromSegment } from './drop-from-segment';
import type { FileSystem } from './file-system';
import type { Segment } from './segment';
import type { SegmentList } from './segment-list';

/** What is needed to make room in a spool, and whom it tells. */
export interface RoomOptions {
  fs: FileSystem;
  list: SegmentList;
  /** Of this process: only of its own records it may say that they were lost. */
  streamId: string;
  maxBytes: number;
  /** How much of the spool is of this process. */
  ownBytes(): number;
  diagnose: Diagnose;
  onDropped: OnDropped;
}

/**
 * Makes a function to call when the spool has grown: it drops low records while it is fuller than they may fill it, and medium ones
 * likewise, from the newest segments that are on the disk alone. The oldest stay.
 */
export function createRoomMaker(options: RoomOptions): () => void {
  const { fs, list, streamId, diagnose, onDropped } = options;
  let isDropping = false;

  function makeRoom(): void {
    if (isDropping) return;
    for (const level of GIVES_WAY_FIRST) {
      const segment = isOver(level) ? newestWith(level) : undefined;
      if (segment) return void drop(segment, level);
    }
  }

  async function drop(segment: Segment, level: SeverityLevel): Promise<void> {
    isDropping = true;
    try {
      await list.whileBusy(segment, async () => {
        for (const frame of await dropFromSegment(fs, segment, level))
          onDropped(frame, GAVE_WAY);
      });
    } catch (error) {
      diagnose('spool-room', `cannot make room in the spool: ${String(error)}`);
      // Not at once again: what is wrong may last.
      return;
    } finally {
      isDropping = false;
    }
    makeRoom();
  }

  const isOver = (level: SeverityLevel) =>
    options.ownBytes() > options.maxBytes * ROOM_OF[level];

  const newestWith = (level: SeverityLevel) =>
    list.newestReplaceable(
      ({ kind, droppable }) =>
        kind?.streamId === streamId && (droppable?.[level] ?? 0) > 0,
    );

  return makeRoom;
}
