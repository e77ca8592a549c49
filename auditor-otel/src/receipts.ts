import { AuditUnavailableError } from './audit-unavailable-error';
import { createDeadlines } from './deadlines';
import type { Deadline } from './deadlines';
import { deliveryLevels } from './delivery-level';
import type { DeliveryLevel } from './delivery-level';
import { SPOOL_WAIT_MS } from './limits';
import type { Frame, Keeping } from './outbox';

/** What became of a record by the time its promise resolved. */
export interface Receipt {
  /** The id of the event. */
  id: string;
  /**
   * How far it had come: `spool` also when the receiver refused it and it is kept in the spool; `lost` when it is neither with the
   * receiver nor kept.
   */
  level: DeliveryLevel | 'lost';
  /** Whether that is less than was asked for. */
  degraded: boolean;
}

/** A record whose caller may wait. */
export interface Waiting {
  id: string;
  sequence: number;
  level: DeliveryLevel;
  strict: boolean;
}

/** The caller's promise, and what moves it on. */
export interface Ticket {
  /** Also when nobody awaits it, its rejection is handled. */
  promise: Promise<Receipt>;
  /** The outbox took the record: from now on the time counts. */
  queued: () => void;
  /** The record has come so far. */
  reached: (keeping: Keeping) => void;
  /** The record is not kept. */
  lost(reason: string): void;
  /** It is not kept, and the caller asked to hear of that. */
  refused(reason: string): void;
}

/** Hands out tickets, and redeems those of records that left the outbox. */
export interface Receipts {
  open(waiting: Waiting): Ticket;
  /** The receiver has these. */
  committed(frames: readonly Frame[]): void;
  /** The receiver will never have this one. `kept` says where it is instead. */
  failed(sequence: number, reason: string, kept: Keeping): void;
}

type Failed = (reason: string, kept: Keeping) => void;

const rank = (level: DeliveryLevel) => deliveryLevels.indexOf(level);

/**
 * Receipts of one stream. A promise that is not strict always resolves once the outbox took the record: after 200 ms without the
 * disk, or after `timeoutMs` without the receiver, it says how far the record had come.
 */
export function createReceipts(timeoutMs: number): Receipts {
  const short = createDeadlines(Math.min(SPOOL_WAIT_MS, timeoutMs));
  const long = createDeadlines(timeoutMs);
  /** By sequence: those that wait for the receiver. */
  const uncommitted = new Map<
    number,
    { settle(level: Receipt['level']): void; failed: Failed }
  >();

  function open(waiting: Waiting): Ticket {
    const { id, sequence, level, strict } = waiting;
    const { promise, resolve, reject } = Promise.withResolvers<Receipt>();
    // A caller that does not wait must not end the process.
    promise.catch(() => undefined);
    let deadline: Deadline | undefined;
    let isDone = false;
    let best: DeliveryLevel = 'memory';

    function done(): void {
      isDone = true;
      deadline?.end();
      uncommitted.delete(sequence);
    }

    function settle(reachedLevel: Receipt['level']): void {
      done();
      const degraded =
        reachedLevel === 'lost' || rank(reachedLevel) < rank(level);
      resolve({ id, level: reachedLevel, degraded });
    }

    function refused(reason: string): void {
      done();
      reject(new AuditUnavailableError(id, reason));
    }

    function expired(): void {
      if (strict) refused(`was not ${wordOf(level)} within ${timeoutMs} ms`);
      else settle(best);
    }

    function failed(reason: string, kept: Keeping): void {
      if (strict) refused(reason);
      else settle(kept);
    }

    const lost = (reason: string) => failed(reason, 'lost');

    function queued(): void {
      if (isDone) return;
      if (level === 'memory') return settle('memory');
      deadline = (level === 'spool' && !strict ? short : long).add(expired);
    }

    function reached(reachedLevel: Keeping): void {
      if (reachedLevel === 'lost')
        return lost('was not kept: neither disk nor memory has room');
      best = reachedLevel;
      if (rank(reachedLevel) >= rank(level)) return settle(reachedLevel);
      // What the disk refused has no second chance to get there soon.
      if (reachedLevel !== 'memory' || level !== 'spool') return;
      if (strict) refused('could not be written to the spool');
      else settle(reachedLevel);
    }

    if (level === 'committed') uncommitted.set(sequence, { settle, failed });
    return { promise, queued, reached, refused, lost };
  }

  return {
    open,
    committed(frames) {
      if (uncommitted.size === 0) return;
      for (const { sequence } of frames)
        uncommitted.get(sequence)?.settle('committed');
    },
    failed(sequence, reason, kept) {
      uncommitted.get(sequence)?.failed(reason, kept);
    },
  };
}

function wordOf(level: DeliveryLevel): string {
  if (level === 'committed') return 'acknowledged by the receiver';
  return level === 'spool' ? 'written to the spool' : 'taken';
}
