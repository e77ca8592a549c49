import type { AuditEvent, SeverityLevel } from 'audit-event';
import type { Diagnose } from './diagnostics';
import { encodeWithinLimit } from './encode-within-limit';
import type { Encoding } from './encoding';
import type { GapKeeper } from './gap';
import type { EventDraft } from './make-event';
import type { Frame, Outbox } from './outbox';
import type { Settings } from './settings';
import type { Tally } from './tally';

/** Whether a record is on its way, or there was no room for it. */
export interface Emitted {
  status: 'queued' | 'dropped';
  /** The id of the event. */
  id: string;
}

/** Gives events their place in the stream, and their final bytes to the outbox. */
export interface Emitter {
  /** Never throws. */
  emit(draft: EventDraft): Emitted;
}

/** What an emitter needs. */
export interface EmitterOptions {
  settings: Pick<Settings, 'severityNumbers'>;
  encoding: Encoding;
  outbox: Pick<Outbox, 'append'>;
  /** A UUID, one per start of the process. */
  streamId: string;
  tally: Tally;
  gaps: GapKeeper;
  diagnose: Diagnose;
  /** To call after each record. */
  wake: () => void;
  /** Whether nothing is sent any more. */
  isClosed: () => boolean;
}

/** An emitter of one stream. Its sequence has no gaps but those of dropped records, so that a receiver can tell what is missing. */
export function createEmitter(options: EmitterOptions): Emitter {
  const { severityNumbers } = options.settings;
  let next = 0;

  function emit(draft: EventDraft): Emitted {
    const { id, severityLevel } = draft;
    const sequence = next++;
    options.tally.emitted += 1;
    if (options.isClosed()) {
      noteDropped(options, { sequence, severityLevel }, 'it came after close');
      return { status: 'dropped', id };
    }
    try {
      const event: AuditEvent = {
        ...draft,
        severityNumber: severityNumbers[severityLevel],
        streamId: options.streamId,
        sequence,
      };
      const bytes = encodeWithinLimit(event, options.encoding);
      const frame = { id, severityLevel, sequence, bytes };
      if (options.outbox.append(frame) === 'full') {
        noteDropped(options, frame, 'the queue is full');
        return { status: 'dropped', id };
      }
      options.wake();
      return { status: 'queued', id };
    } catch (error) {
      const reason = `it cannot be encoded: ${String(error)}`;
      noteDropped(options, { sequence, severityLevel }, reason);
      return { status: 'dropped', id };
    }
  }

  return { emit };
}

/** Counts a record that was dropped, says it, and remembers it for the record that tells of the gap. */
export function noteDropped(
  to: Pick<EmitterOptions, 'tally' | 'gaps' | 'diagnose'>,
  frame: Pick<Frame, 'sequence' | 'severityLevel'>,
  reason: string,
): void {
  const level: SeverityLevel = frame.severityLevel;
  to.tally.dropped[level] += 1;
  to.gaps.note(frame.sequence, level);
  to.diagnose('dropped', `dropped a ${level} audit record: ${reason}`);
}
