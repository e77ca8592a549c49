import { ensureMonth, monthOf, monthsAhead } from 'audit-event/store';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { withClient } from '../../test/src/template-database';

const microseconds = (iso: string) => Date.parse(iso) * 1_000;

describe('months', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it.each([
    ['1970-01-01T00:00:00Z', undefined],
    ['2019-12-31T23:59:59Z', undefined],
    ['2020-01-01T00:00:00Z', 2020 * 12],
    ['2026-11-30T23:59:59Z', 2026 * 12 + 10],
    ['2026-12-01T00:00:00Z', 2026 * 12 + 11],
    ['2040-01-01T00:00:00Z', undefined],
    ['2554-07-21T23:34:33Z', undefined],
  ])('puts %s into month %s', (iso, month) => {
    expect(monthOf(microseconds(iso))).toBe(month);
  });

  it('names the present month and the two after it', () => {
    const december = 2026 * 12 + 11;
    expect(monthsAhead(new Date('2026-12-31T23:59:59Z'))).toEqual([
      december,
      december + 1,
      december + 2,
    ]);
  });

  it('makes a partition once, also when eight connections ask at the same time', async () => {
    const december = 2026 * 12 + 11;
    await Promise.all(
      Array.from({ length: 8 }, () =>
        withClient(database.url, (client) => ensureMonth(client, december)),
      ),
    );
    const { rows } = await database.pool.query(
      `select pg_get_expr(relpartbound, oid) as bound from pg_class where relname = 'event_2026_12'`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0].bound).toContain('2026-12-01');
    expect(rows[0].bound).toContain('2027-01-01');
    const indexes = await database.pool.query(
      `select count(*)::integer as count from pg_index where indrelid = 'audit.event_2026_12'::regclass`,
    );
    expect(indexes.rows[0].count).toBe(9);
  });
});
