import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  expectedSchemaVersion,
  migrate,
  schemaVersion,
} from 'audit-event/store';
import type { Queryable } from 'audit-event/store';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { describeSchema } from '../../test/src/describe-schema';
import { withClient } from '../../test/src/template-database';

const COMMITTED = join(__dirname, '..', 'sql', 'schema.txt');

describe('migrate', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase('template0');
  });
  afterEach(() => database.drop());

  it('brings an empty database to the version this code expects, then finds nothing to do', async () => {
    await withClient(database.url, async (client) => {
      expect(await schemaVersion(client)).toBe(0);
      expect(await migrate(client)).toEqual([1]);
      expect(await schemaVersion(client)).toBe(expectedSchemaVersion());
      expect(await migrate(client)).toEqual([]);
    });
  });

  it('makes the schema that is committed in sql/schema.txt (UPDATE_SCHEMA=1 writes it anew)', async () => {
    await withClient(database.url, (client) => migrate(client));
    const schema = await describeSchema(database.pool);
    if (process.env['UPDATE_SCHEMA']) writeFileSync(COMMITTED, schema);
    expect(schema).toBe(readFileSync(COMMITTED, 'utf8'));
  });

  it('can be run by twenty processes at once: one migrates, the others wait and find it done', async () => {
    const applied = await Promise.all(
      Array.from({ length: 20 }, () =>
        withClient(database.url, (client) => migrate(client)),
      ),
    );
    expect(applied.flat()).toEqual([1]);
  });

  it('refuses a database that is newer than the code, naming both versions', async () => {
    await withClient(database.url, async (client) => {
      await migrate(client);
      await client.query(`insert into audit.migration (version) values (999)`);
      await expect(migrate(client)).rejects.toThrow(
        'cannot use this database: its schema version is 999, this release knows 1; run the release that migrated it, or a newer one',
      );
    });
  });

  it('has no version without what the roles may do: a migrator that ends before the grants leaves nothing', async () => {
    await withClient(database.url, async (client) => {
      const ended: Queryable = {
        query: async (text, values) => {
          if (text.includes('to audit_reader')) throw new Error('ended');
          return client.query(text, values);
        },
      };
      await expect(migrate(ended)).rejects.toThrow('ended');
      expect(await schemaVersion(client)).toBe(0);
      expect(await migrate(client)).toEqual([1]);
      const { rows } = await client.query(
        `select has_table_privilege('audit_reader', 'audit.event', 'select') as may`,
      );
      expect(rows).toEqual([{ may: true }]);
    });
  });

  it('leaves nothing behind when a migration fails', async () => {
    await withClient(database.url, async (client) => {
      await client.query(`create schema audit`);
      await client.query(`create table audit.token (mine integer)`);
      await expect(migrate(client)).rejects.toThrow('already exists');
      expect(await schemaVersion(client)).toBe(0);
    });
  });
});
