import type { AuditEvent, SeverityLevel } from 'audit-event';
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
  /** There will be no more room: gives up what waits. @returns how many records */
  close(): number;
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

/** A record that waits for room. */
interface Waiting {
  /** @returns whether there is room for it now */
  append: () => boolean;
  giveUp: (reason: string) => void;
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
  const waiting = new Map<Frame, Waiting>();
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
    const expired = () => one.giveUp(`${FULL} for ${options.timeoutMs} ms`);
    const deadline = deadlines.add(expired);
    const leave = () => {
      deadline.end();
      waiting.delete(frame);
      waitingBytes -= frame.bytes.length;
    };
    const one: Waiting = {
      append() {
        if (outbox.append(frame, ticket.reached) === 'full') return false;
        leave();
        ticket.queued();
        return true;
      },
      giveUp(reason) {
        leave();
        giveUp(frame, ticket, reason);
      },
    };
    waiting.set(frame, one);
    return 'queued';
  }

  return {
    handle(frame, ticket, event) {
      // What the audit trail says of itself is said again later.
      if (policy === 'block' && !frame.isKept) return wait(frame, ticket);
      if (policy === 'stderr') options.lastResort.event(event);
      return giveUp(frame, ticket, FULL);
    },
    retry() {
      if (waiting.size === 0) return;
      // More severe ones may fill more of the room.
      const full = new Set<SeverityLevel>();
      for (const [{ severityLevel }, { append }] of [...waiting])
        if (!full.has(severityLevel) && !append()) full.add(severityLevel);
      options.wake();
    },
    waiting: () => waiting.size,
    close() {
      const left = [...waiting.values()];
      for (const one of left) one.giveUp(`${FULL}, and the auditor was closed`);
      return left.length;
    },
  };
}
