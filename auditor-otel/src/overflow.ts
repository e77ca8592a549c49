import type { AuditEvent } from 'audit-event';
import { createDeadlines } from './deadlines';
import type { OverflowPolicy } from './delivery-level';
import type { LastResort } from './last-resort';
import type { NoteLost } from './lost-records';
import type { Frame, Outbox } from './outbox';
import type { Ticket } from './receipts';

/** What is done with records that the outbox has no room for. */
export interface Overflow {
  handle(frame: Frame, ticket: Ticket, event: AuditEvent): 'queued' | 'dropped';
  /** There may be room again. */
  retry(): void;
  /** Records that wait for room. */
  waiting(): number;
}

/** What an overflow needs. */
export interface OverflowOptions {
  policy: OverflowPolicy;
  outbox: Pick<Outbox, 'append'>;
  noteLost: NoteLost;
  /** How long a record may wait for room, in milliseconds, where the policy is to wait. */
  timeoutMs: number;
  /** How many bytes may wait at the same time. */
  maxWaitingBytes: number;
  lastResort: Pick<LastResort, 'event'>;
  /** A record got room after all. */
  wake(): void;
}

const FULL = 'there is no room in the queue';

/**
 * - `dropLowest`: the record is lost; the outbox has dropped what was less severe before it says that it is full.
 * - `reject`: the same, and the caller's promise rejects.
 * - `stderr`: the same as `dropLowest`, but the record goes to stderr (NIST SP 800-53 AU-5).
 * - `block`: the record waits for room. The caller's promise rejects when that takes too long, or when too much waits.
 */
export function createOverflow(options: OverflowOptions): Overflow {
  const { policy, outbox, noteLost } = options;
  const deadlines = createDeadlines(options.timeoutMs);
  const waiting = new Map<Frame, () => boolean>();
  let waitingBytes = 0;

  function giveUp(frame: Frame, ticket: Ticket, reason: string): 'dropped' {
    noteLost(frame, FULL, reason);
    if (policy === 'dropLowest' || policy === 'stderr')
      ticket.lost(`was not kept: ${reason}`);
    else ticket.refused(`was not kept: ${reason}`);
    return 'dropped';
  }

  function wait(frame: Frame, ticket: Ticket): 'queued' | 'dropped' {
    if (waitingBytes + frame.bytes.length > options.maxWaitingBytes)
      return giveUp(frame, ticket, `${FULL}, and too many wait for it`);
    waitingBytes += frame.bytes.length;
    const deadline = deadlines.add(() => {
      leave();
      giveUp(frame, ticket, `${FULL} for ${options.timeoutMs} ms`);
    });
    const leave = () => {
      deadline.isDone = true;
      waiting.delete(frame);
      waitingBytes -= frame.bytes.length;
    };
    waiting.set(frame, () => {
      if (outbox.append(frame, ticket.reached) === 'full') return false;
      leave();
      return true;
    });
    return 'queued';
  }

  return {
    handle(frame, ticket, event) {
      if (policy === 'block') return wait(frame, ticket);
      if (policy === 'stderr') options.lastResort.event(event);
      return giveUp(frame, ticket, FULL);
    },
    retry() {
      if (waiting.size === 0) return;
      for (const append of [...waiting.values()]) if (!append()) break;
      options.wake();
    },
    waiting: () => waiting.size,
  };
}
