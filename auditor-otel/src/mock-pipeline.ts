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
        const { id } = event;
        tally.emitted += 1;
        tally.sent += 1;
        onEvent(event);
        const receipt = { id, level: 'committed', degraded: false } as const;
        return { status: 'queued', id, receipt: Promise.resolve(receipt) };
      },
    },
    now: createClock(),
    flush: async () => ({ status: 'sent' }),
    finish: async () => ({ status: 'sent' }),
    close: async () => ({ status: 'sent' }),
    stats: () => ({
      ...tally,
      dropped: { ...tally.dropped },
      waiting: { records: 0, bytes: 0 },
    }),
    health: () => ({ isHealthy: true, keptIn: 'memory' }),
  };
}
