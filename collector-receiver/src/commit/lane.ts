import {
  commitBatch,
  ensureMonth,
  isMissingPartition,
  monthOf,
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
}

/** One writing connection: it commits one batch at a time, numbered without a gap. */
export class Lane {
  private readonly options: LaneOptions;
  private open: { db: OpenConnection; receiverId: number } | undefined;
  private committed = 0;
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
  async commit(received: Received): Promise<Accounting> {
    try {
      const { db, receiverId } = await this.connection();
      await this.ensureMonths(db, received);
      const accounting = await commitBatch(db, {
        ...received,
        receiverId,
        receiverSeq: this.committed + 1,
        recordedAt: new Date(),
      });
      this.committed += 1;
      return accounting;
    } catch (error) {
      // Retention may have dropped a month that this lane once saw.
      if (isMissingPartition(error)) this.months.clear();
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const db = this.open?.db;
    this.open = undefined;
    this.committed = 0;
    await db?.end().catch(() => undefined);
  }

  private async connection(): Promise<{
    db: OpenConnection;
    receiverId: number;
  }> {
    if (this.open?.db.broken) await this.close();
    if (!this.open) {
      const db = await openConnection(this.options.databaseUrl);
      const { instance, version } = this.options;
      this.open = {
        db,
        receiverId: await registerReceiver(db, instance, version),
      };
    }
    return this.open;
  }

  private async ensureMonths(
    db: OpenConnection,
    { events }: Received,
  ): Promise<void> {
    for (const { time } of events) {
      const month = monthOf(time);
      if (month === undefined || this.months.has(month)) continue;
      await ensureMonth(db, month);
      this.months.add(month);
    }
  }
}
