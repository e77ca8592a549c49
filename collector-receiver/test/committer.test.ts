import { randomUUID } from 'node:crypto';
import type { AuditEvent } from 'audit-event';
import { readEvents } from 'audit-event/store';
import type { Accounting } from 'audit-event/store';
import { anAuditEvent } from '../../test/src/audit-events';
import { receivedOf } from '../../test/src/received';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { startProxy } from '../../test/src/proxy';
import { createCommitter } from '../src/commit/committer';
import type { Committer } from '../src/commit/committer';

let database: TestDatabase;
let committer: Committer;
let committed: Accounting[];

beforeEach(async () => {
  database = await createTestDatabase();
  committed = [];
  committer = createCommitter({
    databaseUrl: database.url,
    lanes: 2,
    instance: 'test:1',
    version: '0.0.0',
    onCommitted: (accounting) => committed.push(accounting),
  });
});
afterEach(async () => {
  await committer.close();
  await database.drop();
});

const received = (events: AuditEvent[], rulesHash = 'a') =>
  receivedOf(events, { rulesHash: Buffer.alloc(32, rulesHash) });

const some = (count: number) =>
  Array.from({ length: count }, () => anAuditEvent());
const stored = async (events: AuditEvent[]) =>
  (
    await readEvents(
      database.pool,
      events.map(({ id }) => id),
    )
  ).length;

async function batches() {
  const { rows } = await database.pool.query(
    `select receiver_id, receiver_seq::integer, stored from audit.batch order by receiver_id, receiver_seq`,
  );
  return rows as {
    receiver_id: number;
    receiver_seq: number;
    stored: number;
  }[];
}

/** Each connection numbers its batches 1, 2, 3 ... */
async function expectGapless() {
  const next = new Map<number, number>();
  for (const { receiver_id, receiver_seq } of await batches()) {
    expect(receiver_seq).toBe((next.get(receiver_id) ?? 0) + 1);
    next.set(receiver_id, receiver_seq);
  }
}

describe('committer', () => {
  it('has stored a request when its promise resolves', async () => {
    const events = some(3);
    await committer.commit(received(events));
    expect(await stored(events)).toBe(3);
  });

  it('gathers requests that come while others commit into shared batches, numbered without a gap', async () => {
    const requests = Array.from({ length: 200 }, () => some(2));
    await Promise.all(
      requests.map((events) => committer.commit(received(events))),
    );
    expect(await stored(requests.flat())).toBe(400);
    expect(committed.length).toBeLessThan(50);
    expect(
      (await batches()).reduce((sum, batch) => sum + batch.stored, 0),
    ).toBe(400);
    await expectGapless();
  });

  it('adds up what became of everything, in the ledger and for each rule', async () => {
    const [rule, other] = [randomUUID(), randomUUID()];
    const events = some(3);
    const quarantined = { reason: 'bad-value', detail: '', raw: Buffer.of(1) };
    await committer.commit(received(events));
    await committer.commit({
      ...received(events),
      received: 10,
      excluded: new Map([
        [rule, 4],
        [other, 2],
      ]),
      quarantined: [{ ...quarantined, encoding: 'json' }],
    });
    await committer.commit({
      ...received([]),
      received: 1,
      excluded: new Map([[rule, 1]]),
    });
    const ledger = await database.pool.query(
      `select sum(batches)::integer as batches, bool_and(is_gapless) as is_gapless, sum(received)::integer as received,
         sum(stored)::integer as stored, sum(duplicate)::integer as duplicate,
         sum(excluded)::integer as excluded, sum(quarantined)::integer as quarantined
       from audit.ledger`,
    );
    expect(ledger.rows).toEqual([
      {
        batches: 3,
        is_gapless: true,
        received: 14,
        stored: 3,
        duplicate: 3,
        excluded: 7,
        quarantined: 1,
      },
    ]);
    const exclusions = await database.pool.query(
      `select rule_id, excluded::integer from audit.exclusion order by excluded`,
    );
    expect(exclusions.rows).toEqual([
      { rule_id: other, excluded: 2 },
      { rule_id: rule, excluded: 5 },
    ]);
    await database.pool.query(
      `update audit.batch set receiver_seq = receiver_seq + 100`,
    );
    const cut = await database.pool.query(
      `select bool_or(is_gapless) as is_gapless from audit.ledger`,
    );
    expect(cut.rows).toEqual([{ is_gapless: false }]);
  });

  it('never mixes requests that met different rules in one batch', async () => {
    await Promise.all(
      [...'aabbabba'].map((rules) =>
        committer.commit(received(some(1), rules)),
      ),
    );
    const { rows } = await database.pool.query(
      `select encode(substr(rules_hash, 1, 1), 'escape') as rules, sum(stored)::integer as stored
       from audit.batch group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { rules: 'a', stored: 4 },
      { rules: 'b', stored: 4 },
    ]);
  });

  it('rejects what a lost connection may have lost, and goes on with a new one', async () => {
    await committer.commit(received(some(1)));
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'collector-receiver'`,
    );
    const events = some(5);
    const send = () => committer.commit(received(events));
    await send().catch(send);
    expect(await stored(events)).toBe(5);
    await expectGapless();
  });

  it('makes a request fail alone that the database refuses, not those in the same batch', async () => {
    await database.pool.query(
      `alter table audit.event add constraint no_zeus check (actor_id <> 'zeus')`,
    );
    const refused = [anAuditEvent({ actor: { type: 'user', id: 'zeus' } })];
    const requests = Array.from({ length: 10 }, () => some(1));
    const results = await Promise.allSettled(
      [...requests.slice(0, 5), refused, ...requests.slice(5)].map((events) =>
        committer.commit(received(events)),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual(
      results.map((_, i) => (i === 5 ? 'rejected' : 'fulfilled')),
    );
    expect(await stored(requests.flat())).toBe(10);
    await expectGapless();
  });

  it('rejects when the transaction cannot be completed, and stores nothing then', async () => {
    await database.pool.query(`alter table audit.batch rename to batch_away`);
    const events = some(2);
    await expect(committer.commit(received(events))).rejects.toThrow(
      'audit.batch',
    );
    expect(await stored(events)).toBe(0);
    await database.pool.query(`alter table audit.batch_away rename to batch`);
    await committer.commit(received(events));
    expect(await stored(events)).toBe(2);
  });

  it('gives up a database that went silent, and goes on when it answers again', async () => {
    const url = new URL(database.url);
    const path = url.searchParams.get('host');
    const proxy = await startProxy(
      path === null
        ? { host: url.hostname, port: Number(url.port) }
        : { path: `${path}/.s.PGSQL.5432` },
    );
    const behind = createCommitter({
      databaseUrl: `postgresql://${url.username || url.searchParams.get('user')}@127.0.0.1:${proxy.port}${url.pathname}`,
      lanes: 1,
      instance: 'test:2',
      version: '0.0.0',
      // The first commit has to be done within it, on a busy machine too.
      commitTimeoutMs: 2_000,
    });
    await behind.commit(received(some(1)));
    proxy.goSilent();
    const events = some(2);
    await expect(behind.commit(received(events))).rejects.toThrow('terminated');
    proxy.recover();
    await behind.commit(received(events));
    expect(await stored(events)).toBe(2);
    await behind.close();
    await proxy.close();
  });

  it('stores events of any time, making months as they come', async () => {
    const events = [
      '1970-01-01',
      '2021-02-03',
      '2026-11-22',
      '2039-12-31',
      '2500-01-01',
    ].map((day) =>
      anAuditEvent({ time: BigInt(Date.parse(day)) * 1_000_000n }),
    );
    await committer.commit(received(events));
    expect(await stored(events)).toBe(5);
    await database.pool.query(`drop table audit.event_2021_02`);
    const late = anAuditEvent({ time: events[1]!.time });
    const send = () => committer.commit(received([late]));
    await send().catch(send);
    expect(await stored([late])).toBe(1);
  });

  it('commits all that it accepted before it closes', async () => {
    const requests = Array.from({ length: 20 }, () => some(1));
    const promises = requests.map((events) =>
      committer.commit(received(events)),
    );
    await committer.close();
    expect(await stored(requests.flat())).toBe(20);
    await Promise.all(promises);
  });
});
