/** A way to break the promise on purpose, for one run, without a switch in the product. */
export interface Sabotage {
  /** The program in the place of the receiver's own, beside this file. */
  receiver?: string | undefined;
  /** Statements for the migrated database, one by one. */
  sql?: readonly string[] | undefined;
  /** No answer gets lost. */
  keepsAnswers?: boolean | undefined;
}

/** Each must make a run fail: a check that cannot fail proves nothing. */
export const sabotages = {
  /** The answer 200 goes out while the commit is still under way. */
  'ack-before-commit': { receiver: 'sabotage/ack-before-commit.js' },

  /** Nothing in the database stops a second row of the same event. */
  'no-dedupe': {
    sql: [`alter table audit.event drop constraint event_pkey`],
  },

  /** The receiver's commits do not wait for the disk, and the server is in no hurry to write behind them. */
  'async-commit': {
    // A record that comes again has the receiver drop a temporary table, and Postgres always waits for the disk then.
    keepsAnswers: true,
    sql: [
      // Nor any other transaction, which would take the receiver's to the disk with it.
      `alter system set synchronous_commit = off`,
      `alter system set wal_writer_delay = '10s'`,
      `alter system set wal_writer_flush_after = '1GB'`,
      `select pg_reload_conf()`,
      `create function audit.commit_without_waiting() returns trigger language plpgsql as $$
       begin
         perform set_config('synchronous_commit', 'off', true);
         return null;
       end $$`,
      // Deferred, so that it has the last word in each transaction, whatever the receiver says before.
      `create constraint trigger commit_without_waiting after insert on audit.batch
       deferrable initially deferred
       for each row execute function audit.commit_without_waiting()`,
    ],
  },
} as const satisfies Record<string, Sabotage>;

export type SabotageName = keyof typeof sabotages;
export const sabotageNames = Object.keys(sabotages) as SabotageName[];
