import { OWN_PLUGIN_ID } from 'audit-event';
import type { AuditEvent } from 'audit-event';
import { demandOf } from './delivery-level';
import type { Demand, DeliverySettings } from './delivery-level';
import { encodeWithinLimit } from './encode-within-limit';
import type { Encoding } from './encoding';
import type { NoteLost } from './lost-records';
import type { EventDraft } from './make-event';
import type { Frame, Outbox } from './outbox';
import type { Overflow } from './overflow';
import type { Receipt, Receipts } from './receipts';
import type { Settings } from './settings';
import type { Tally } from './tally';

/** Whether a record is on its way, or there was no room for it. */
export interface Emitted {
  status: 'queued' | 'dropped';
  /** The id of the event. */
  id: string;
  /** Resolves when the record is where its delivery level says; see `delivery` in the settings. Needs no handler. */
  receipt: Promise<Receipt>;
}

/** Gives events their place in the stream, and their final bytes to the outbox. */
export interface Emitter {
  /** Never throws. */
  emit(draft: EventDraft, demand?: Demand): Emitted;
}

/** What an emitter needs. */
export interface EmitterOptions {
  settings: Pick<Settings, 'severityNumbers'> & { delivery: DeliverySettings };
  encoding: Encoding;
  outbox: Pick<Outbox, 'append'>;
  /** What is done when the outbox is full. */
  overflow: Overflow;
  receipts: Receipts;
  /** A UUID, one per start of the process. */
  streamId: string;
  tally: Tally;
  noteLost: NoteLost;
  /** To call when a record can be sent; the outbox itself tells of those that it has to bring to the disk before. */
  wake: () => void;
  /** Told after each record that has its place in the outbox. */
  onEmitted: () => void;
  /** Whether nothing is sent any more. */
  isClosed: () => boolean;
}

/** An emitter of one stream. Its sequence has no gaps but those of lost records, so that a receiver can tell what is missing. */
export function createEmitter(options: EmitterOptions): Emitter {
  const { settings, outbox, overflow, receipts } = options;
  let next = 0;

  function emit(draft: EventDraft, asked?: Demand): Emitted {
    const { id, severityLevel } = draft;
    const sequence = next++;
    options.tally.emitted += 1;
    const demand = demandOf(settings.delivery, severityLevel, asked);
    const ticket = receipts.open({ id, sequence, ...demand });
    const lost = (reason: string, detail = reason): Emitted => {
      options.noteLost({ sequence, severityLevel }, reason, detail);
      ticket.lost(`was not kept: ${detail}`);
      return { status: 'dropped', id, receipt: ticket.promise };
    };
    if (options.isClosed()) return lost('it came after close');
    const event = eventOf(draft, sequence);
    let frame: Frame;
    let appended: ReturnType<Outbox['append']>;
    try {
      frame = {
        id,
        severityLevel,
        isKept: draft.pluginId === OWN_PLUGIN_ID,
        sequence,
        bytes: encodeWithinLimit(event, options.encoding),
      };
      appended = outbox.append(frame, (keeping) => {
        ticket.reached(keeping);
        if (keeping === 'memory') options.wake();
      });
    } catch (error) {
      return lost(
        'it cannot be encoded',
        `it cannot be encoded: ${String(error)}`,
      );
    }
    if (appended === 'full')
      return {
        status: overflow.handle(frame, ticket, event),
        id,
        receipt: ticket.promise,
      };
    ticket.queued();
    options.onEmitted();
    return { status: 'queued', id, receipt: ticket.promise };
  }

  function eventOf(draft: EventDraft, sequence: number): AuditEvent {
    return {
      ...draft,
      severityNumber: settings.severityNumbers[draft.severityLevel],
      streamId: options.streamId,
      sequence,
    };
  }

  return { emit };
}
