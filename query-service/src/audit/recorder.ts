import { hostname } from 'node:os';
import type { AuditEvent } from 'audit-event';
import {
  commitBatch,
  commitChange,
  ensureMonth,
  monthOf,
  OWN_RULE_SET,
  ownReceived,
  recordRuleSet,
  registerReceiver,
} from 'audit-event/store';
import type {
  Change,
  Month,
  OpenConnection,
  Queryable,
  RowContext,
} from 'audit-event/store';
import { HttpError } from '../http-error';
import { VERSION } from '../version';
import { openConnection } from './connection';

/** Writes the audit log's own events: who read it, who changed its settings. */
export interface Recorder {
  /**
   * Makes a change and stores the events that tell of it, both or neither.
   *
   * @throws what `work` or the database throws
   */
  change<T>(work: (db: Queryable) => Promise<Change<T>>): Promise<T>;
  /**
   * Stores an event; those that come while another is being stored share its successor's commit.
   *
   * @throws when it is not known to be stored
   */
  record(event: AuditEvent): Promise<void>;
  close(): Promise<void>;
}

/** Above the statement timeout, which the server keeps itself: it may be gone without a word, and everybody waits behind. */
const WRITE_TIMEOUT_MS = 30_000;

/** What the ledger needs: a registration of this connection, its batches numbered from 1 without a gap. */
interface Session {
  db: OpenConnection;
  receiverId: number;
  committed: number;
}

export interface RecorderOptions {
  /** After this a write is given up together with its connection, in milliseconds; tests have less. */
  writeTimeoutMs?: number | undefined;
}

/**
 * Opens the recorder; its connection is made when it is needed. To the ledger it is a receiver like any other, and after
 * a failure a new one, so that a commit whose answer got lost leaves no number in doubt.
 */
export function createRecorder(
  databaseUrl: string,
  { writeTimeoutMs = WRITE_TIMEOUT_MS }: RecorderOptions = {},
): Recorder {
  const months = new Set<Month>();
  let session: Session | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting: AuditEvent[] = [];
  let nextCommit: Promise<void> | undefined;

  /** One after the other: a connection does one transaction at a time. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function open(): Promise<Session> {
    if (session?.db.broken) drop();
    if (session) return session;
    const db = await openConnection(databaseUrl);
    const timer = setTimeout(() => db.destroy(), writeTimeoutMs);
    try {
      const instance = `query-service ${hostname()}:${process.pid}`;
      await recordRuleSet(db, OWN_RULE_SET.hash, OWN_RULE_SET.content);
      const receiverId = await registerReceiver(db, instance, VERSION);
      return (session = { db, receiverId, committed: 0 });
    } catch (error) {
      db.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  function drop(): void {
    months.clear();
    session?.db.destroy();
    session = undefined;
  }

  async function write<T>(
    work: (session: Session, context: RowContext) => Promise<T>,
  ): Promise<T> {
    const current = await open();
    const timer = setTimeout(drop, writeTimeoutMs);
    try {
      const recordedAt = new Date();
      await haveMonth(current.db, recordedAt);
      const { receiverId, committed } = current;
      const receiverSeq = committed + 1;
      return await work(current, { recordedAt, receiverId, receiverSeq });
    } catch (error) {
      // What refuses a request leaves the connection as good as it was; after anything else it may be in any state.
      if (!(error instanceof HttpError)) drop();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Events of this service are of now. */
  async function haveMonth(db: OpenConnection, now: Date): Promise<void> {
    const month = monthOf(now.getTime() * 1_000);
    if (month === undefined || months.has(month)) return;
    await ensureMonth(db, month);
    months.add(month);
  }

  async function commitWaiting(): Promise<void> {
    const events = waiting;
    waiting = [];
    nextCommit = undefined;
    const store = () =>
      write(async (current, context) => {
        const requests = [ownReceived(events, OWN_RULE_SET.hash)];
        await commitBatch(current.db, { ...context, requests });
        current.committed += 1;
      });
    // The connection may have been lost while nobody used it. Twice is once: events are known by their ids.
    await store().catch(store);
  }

  return {
    change: (work) =>
      inTurn(() =>
        write(async (current, context) => {
          const { db } = current;
          const { result, isBatch } = await commitChange(
            db,
            context,
            OWN_RULE_SET.hash,
            () => work(db),
          );
          if (isBatch) current.committed += 1;
          return result;
        }),
      ),
    record(event) {
      waiting.push(event);
      return (nextCommit ??= inTurn(commitWaiting));
    },
    async close() {
      await last;
      await session?.db.end().catch(() => undefined);
      session = undefined;
    },
  };
}
