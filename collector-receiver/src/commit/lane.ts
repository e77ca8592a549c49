import {
  commitBatch,
  ensureMonth,
  isMissingPartition,
  registerReceiver,
} from 'audit-event/store';
import type { Accounting, Month, Received } from 'audit-event/store';
import { openConnection } from './connection';
import type { OpenConnection } from './connection';

export interface LaneOptions {
  databaseUrl: string;
  /** Host and process, for people. */
  instance: string;
  version: string;
  /** After this a commit is given up together with its connection: the server may be gone without a word. */
  commitTimeoutMs?: number | undefined;
}

/** Above the statement timeout, which the server keeps itself. */
export const COMMIT_TIMEOUT_MS = 60_000;

/** One writing connection: it commits one batch at a time, numbered without a gap. */
export class Lane {
  private readonly options: LaneOptions;
  private db: OpenConnection | undefined;
  /** Of the present connection; its batches are numbered from 1. */
  private registration: { receiverId: number; committed: number } | undefined;
  private readonly months = new Set<Month>();

  constructor(options: LaneOptions) {
    this.options = options;
  }

  /**
   * Commits one batch. After a failure the connection is dropped, and the next batch opens another: whether a commit
   * whose answer got lost took place is then never a question of numbering.
   *
   * @throws when nothing is known to be stored; the sender must send again
   */
  async commit(requests: readonly Received[]): Promise<Accounting> {
    const { commitTimeoutMs = COMMIT_TIMEOUT_MS } = this.options;
    const timer = setTimeout(() => this.abandon(), commitTimeoutMs);
    try {
      const db = await this.connection();
      const registration = await this.register(db);
      await this.ensureMonths(db, requests);
      const accounting = await commitBatch(db, {
        requests,
        receiverId: registration.receiverId,
        receiverSeq: registration.committed + 1,
        recordedAt: new Date(),
      });
      registration.committed += 1;
      return accounting;
    } catch (error) {
      // Retention may have dropped a month that this lane once saw.
      if (isMissingPartition(error)) this.months.clear();
      this.abandon();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    const db = this.db;
    this.db = undefined;
    this.registration = undefined;
    await db?.end().catch(() => undefined);
  }

  private abandon(): void {
    this.db?.destroy();
    this.db = undefined;
    this.registration = undefined;
  }

  private async connection(): Promise<OpenConnection> {
    if (this.db?.broken) this.abandon();
    this.db ??= await openConnection(this.options.databaseUrl);
    return this.db;
  }

  private async register(
    db: OpenConnection,
  ): Promise<{ receiverId: number; committed: number }> {
    const { instance, version } = this.options;
    this.registration ??= {
      receiverId: await registerReceiver(db, instance, version),
      committed: 0,
    };
    return this.registration;
  }

  private async ensureMonths(
    db: OpenConnection,
    requests: readonly Received[],
  ): Promise<void> {
    for (const { events } of requests)
      for (const month of events.rows.months)
        if (!this.months.has(month)) {
          await ensureMonth(db, month);
          this.months.add(month);
        }
  }
}
