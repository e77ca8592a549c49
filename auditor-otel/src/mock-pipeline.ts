import { createClock } from './clock';
import type { EventDraft } from './make-event';
import type { Pipeline } from './pipeline';
import { newTally } from './tally';

/** A pipeline that hands each event over and has sent it at once: no queue, timer, socket, or listener of the process. */
export function mockPipeline(onEvent: (event: EventDraft) => void): Pipeline {
  const tally = newTally();
  return {
    emitter: {
      emit(event) {
        tally.emitted += 1;
        tally.sent += 1;
        onEvent(event);
        return { status: 'queued', id: event.id };
      },
    },
    now: createClock(),
    flush: async () => ({ status: 'sent' }),
    close: async () => ({ status: 'sent' }),
    stats: () => ({
      ...tally,
      dropped: { ...tally.dropped },
      waiting: { records: 0, bytes: 0 },
    }),
  };
}
