import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { openConnection } from '../src/commit/connection';
import type { OpenConnection } from '../src/commit/connection';

let database: TestDatabase;
let db: OpenConnection;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query(`create table line (text text not null)`);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query(`truncate line`);
  db = await openConnection(database.url);
});
afterEach(() => db.destroy());

const COPY = `copy line from stdin`;
const count = async () =>
  (await database.pool.query(`select count(*)::integer as n from line`)).rows[0]
    .n as number;
/** Lines of 16 bytes, more of them than the sockets hold, in several pieces. */
const manyLines = Array.from({ length: 8 }, () =>
  Buffer.alloc(4 * 1024 * 1024, '0123456789abcde\n'),
);

describe('copyIn', () => {
  it('resolves when the rows are there', async () => {
    await db.copyIn(COPY, [Buffer.from('a\nb'), Buffer.from('c\n')]);
    expect(await count()).toBe(2);
  });

  it('copies more than the sockets hold', async () => {
    await db.copyIn(COPY, manyLines);
    expect(await count()).toBe(2 * 1024 * 1024);
  });

  it('copies no rows', async () => {
    await db.copyIn(COPY, []);
    expect(await count()).toBe(0);
  });

  it('rejects when the server refuses the statement, and leaves the connection in use', async () => {
    await expect(
      db.copyIn(`copy nowhere from stdin`, manyLines),
    ).rejects.toMatchObject({ code: '42P01' });
    await db.copyIn(COPY, [Buffer.from('a\n')]);
    expect(await count()).toBe(1);
  });

  // The server answers while most of the rows are still on their way.
  it('rejects when the server refuses the first row of many, and leaves the connection in use', async () => {
    await expect(
      db.copyIn(COPY, [Buffer.from('\\N\n'), ...manyLines]),
    ).rejects.toMatchObject({ code: '23502' });
    await db.copyIn(COPY, [Buffer.from('a\n')]);
    expect(await count()).toBe(1);
  });

  it('rejects when the server ends the connection in the midst of the rows', async () => {
    await database.pool.query(
      `create function pg_temp_end() returns trigger language plpgsql as $$
       begin
         perform pg_terminate_backend(pg_backend_pid());
         return new;
       end $$`,
    );
    await database.pool.query(
      `create trigger ends before insert on line for each row execute function pg_temp_end()`,
    );
    try {
      await expect(db.copyIn(COPY, manyLines)).rejects.toMatchObject({
        code: '57P01',
      });
      expect(await count()).toBe(0);
    } finally {
      await database.pool.query(`drop function pg_temp_end cascade`);
    }
  });

  it('rejects when the connection is destroyed in the midst of the rows', async () => {
    const copied = db.copyIn(COPY, manyLines);
    setImmediate(() => db.destroy());
    await expect(copied).rejects.toThrow('Connection terminated');
  });
});
