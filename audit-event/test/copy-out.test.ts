import fc from 'fast-check';
import { Client } from 'pg';
import { copiedRows } from '../src/store/copied-rows';
import { copyOut } from '../src/store/copy-out';
import { literal } from '../src/store/literal';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({
    connectionString: database.url,
    query_timeout: 60_000,
  });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const copy = async (select: string, columns: ('text' | 'exact-time')[]) =>
  copiedRows(
    await copyOut(client, `copy (${select}) to stdout (format binary)`),
    columns,
  );

/** Any text that Postgres can have. */
const someText = fc
  .string({ unit: 'binary' })
  .filter((text) => !text.includes('\0'));

it.each(['on', 'off'])(
  'a literal is the value that a parameter would be, with standard_conforming_strings %s',
  async (setting) => {
    await client.query(`set standard_conforming_strings = ${setting}`);
    await fc.assert(
      fc.asyncProperty(
        someText,
        fc.array(someText, { maxLength: 5 }),
        fc.uint8Array({ maxLength: 20 }),
        async (one, some, bytes) => {
          const { rows } = await client.query(
            `select ${literal(one)}::text as one, ${literal(some)}::text[] as some, (${literal([Buffer.from(bytes)])}::bytea[])[1] as bytes`,
          );
          expect(rows[0].one).toBe(one);
          expect(rows[0].some).toEqual(some);
          expect([...rows[0].bytes]).toEqual([...bytes]);
        },
      ),
    );
    await client.query(`reset standard_conforming_strings`);
  },
);

it('gives all rows as they are, however many messages they come in', async () => {
  const rows = await copy(
    `select n::text, repeat('é', n % 500), nullif(n % 7, 0)::text, timestamptz '2026-01-15T10:30:00.123456Z' from generate_series(1, 5000) as n`,
    ['text', 'text', 'text', 'exact-time'],
  );
  expect(rows).toEqual(
    Array.from({ length: 5_000 }, (_, i) => [
      String(i + 1),
      'é'.repeat((i + 1) % 500),
      (i + 1) % 7 === 0 ? null : String((i + 1) % 7),
      '2026-01-15T10:30:00.123456Z',
    ]),
  );
});

it('says what the server says, also in the middle of the rows, and leaves the connection as it was', async () => {
  await expect(
    copy(`select (10 / (900 - n))::text from generate_series(1, 1000) as n`, [
      'text',
    ]),
  ).rejects.toMatchObject({ code: '22012' });
  expect(await copy(`select 'x'::text`, ['text'])).toEqual([['x']]);
});
