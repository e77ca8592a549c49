import type { Emitter } from './emitter';
import type { GapKeeper } from './gap';
import type { OwnEvents } from './own-events';
import type { Tally } from './tally';

/** What a stream says of itself, so that a receiver can tell whether all of it came. */
export interface StreamLife {
  /** Emits into the stream; the first record brings the one that begins it. */
  emitter: Emitter;
  /** Tells of lost records, once there is room to say so. @returns whether there was something to say, and room */
  tellOfGap(): boolean;
  /** Says that the stream ends here for all that is known. Where records follow after all, it has another end. */
  end(): void;
}

/** What the life of a stream needs. */
export interface StreamLifeOptions {
  stream: Emitter;
  ownEvents: OwnEvents;
  gaps: GapKeeper;
  tally: Tally;
  /** Notes that the stream begins. @returns the one that began before it, if it is known */
  previous: () => string | undefined;
  /** Whether nothing is sent any more. */
  isClosed: () => boolean;
}

/** The life of one stream: nothing is said of one without records. */
export function createStreamLife(options: StreamLifeOptions): StreamLife {
  const { stream, ownEvents, gaps, tally, isClosed } = options;
  /** How many records had been emitted when the last of the stream was. */
  let emittedAtEnd = 0;

  return {
    emitter: {
      emit(draft, demand) {
        if (tally.emitted === 0 && !isClosed())
          stream.emit(ownEvents.streamStart(options.previous()));
        return stream.emit(draft, demand);
      },
    },
    tellOfGap() {
      const gap = gaps.take();
      if (!gap) return false;
      const { status } = stream.emit(ownEvents.streamGap(gap));
      if (status === 'dropped') gaps.putBack(gap);
      return status === 'queued';
    },
    end() {
      if (isClosed() || tally.emitted === emittedAtEnd) return;
      stream.emit(ownEvents.streamEnd());
      emittedAtEnd = tally.emitted;
    },
  };
}
