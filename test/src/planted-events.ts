import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditEvent } from 'audit-event';
import {
  commitBatch,
  ensureMonth,
  foldCounts,
  foldStreams,
  registerReceiver,
  sweepOperations,
} from 'audit-event/store';
import type { Queryable, Swept } from 'audit-event/store';
import { openConnection } from '../../collector-receiver/src/commit/connection';
import type { OpenConnection } from '../../collector-receiver/src/commit/connection';
import { anAuditEvent } from './audit-events';
import { receivedOf } from './received';

/** Puts batches into a database as a receiver would, at the times that a test wants, and runs the receiver's jobs. */
export interface Planter {
  db: OpenConnection;
  /** Commits a batch of these events. */
  plant(events: AuditEvent[], recordedAt?: Date): Promise<void>;
  /** The numbers of records that came and were kept out by a rule. */
  plantExcluded(events: AuditEvent[]): Promise<void>;
  fold(): Promise<{ status: string }>;
  foldCounts(): Promise<{ status: string }>;
  sweep(timeoutMs?: number): Promise<Swept>;
  /** Cuts the connection; resolves when the server has noticed, and rolled back what was under way. */
  kill(watch: Queryable): Promise<void>;
  close(): Promise<void>;
}

export async function createPlanter(databaseUrl: string): Promise<Planter> {
  const db = await openConnection(databaseUrl);
  const { rows } = await db.query(`select pg_backend_pid() as pid`);
  const pid = rows[0].pid as number;
  const receiverId = await registerReceiver(db, 'test:1', '0.0.0');
  let receiverSeq = 0;
  const commit = (received: ReturnType<typeof receivedOf>, recordedAt: Date) =>
    commitBatch(db, {
      requests: [received],
      receiverId,
      receiverSeq: ++receiverSeq,
      recordedAt,
    });
  return {
    db,
    async plant(events, recordedAt = new Date()) {
      const received = receivedOf(events);
      for (const month of received.events.rows.months)
        await ensureMonth(db, month);
      await commit(received, recordedAt);
    },
    async plantExcluded(events) {
      const { ranges } = receivedOf(events);
      const excluded = new Map([[randomUUID(), events.length]]);
      await commit(
        { ...receivedOf([]), received: events.length, excluded, ranges },
        new Date(),
      );
    },
    async fold() {
      await othersAreDone(db);
      return foldStreams(db);
    },
    foldCounts: () => foldCounts(db),
    async sweep(timeoutMs = 900_000) {
      await othersAreDone(db);
      const outcome = await sweepOperations(db, { timeoutMs });
      if (outcome.status === 'busy') throw new Error('another one sweeps');
      return outcome;
    },
    async kill(watch) {
      db.destroy();
      const isThere = async () =>
        (
          await watch.query(
            `select exists (select from pg_stat_activity where pid = $1) as found`,
            [pid],
          )
        ).rows[0].found as boolean;
      while (await isThere()) await sleep(5);
    },
    close: () => db.end(),
  };
}

/**
 * The jobs leave alone what was committed after a transaction began that is still under way, in whatever database of the server:
 * those of tests that run beside this one have to end first.
 */
async function othersAreDone(db: OpenConnection): Promise<void> {
  const isUnderWay = async () =>
    (
      await db.query(
        `select exists (
           select from pg_stat_activity
           where datname <> current_database()
             and backend_xid::text::bigint <= (select max(xact_id::text::bigint) from audit.batch)
         ) as found`,
      )
    ).rows[0].found as boolean;
  while (await isUnderWay()) await sleep(20);
}

/** Events of a stream with these sequence numbers, by default of a known process. */
export function eventsOf(
  streamId: string,
  sequences: number[],
  fields: Partial<AuditEvent> = {},
): AuditEvent[] {
  return sequences.map((sequence) =>
    anAuditEvent({
      streamId,
      sequence,
      source: {
        resource: {
          'service.name': 'shop',
          'service.instance.id': 'shop-1',
          'host.name': 'node-7',
        },
      },
      ...fields,
    }),
  );
}

/** A record that the emitter adds about its stream. */
export function streamRecord(
  streamId: string,
  sequence: number,
  eventId: 'stream-start' | 'stream-end' | 'stream-gap',
  meta: AuditEvent['meta'] = {},
): AuditEvent {
  const [event] = eventsOf(streamId, [sequence], {
    pluginId: 'audit-log',
    eventId,
    meta,
    ...(eventId === 'stream-gap' && {
      status: 'failed',
      severityLevel: 'high',
    }),
  });
  return event!;
}

/** `from` to `to`, both included. */
export function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
