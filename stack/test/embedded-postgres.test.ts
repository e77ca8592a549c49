import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withClient } from '../../test/src/template-database';
import { startEmbeddedPostgres } from '../src/postgres/embedded-postgres';
import { canEnter } from '../src/postgres/unprivileged-user';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'otel-audit-embedded-'));
  // As a clone in somebody's home would be.
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const visits = (url: string) =>
  withClient(url, async (client) => {
    await client.query(
      `create table if not exists visit (at timestamptz default now())`,
    );
    await client.query(`insert into visit default values`);
    const { rows } = await client.query(
      `select count(*)::integer as visits from visit`,
    );
    return rows[0].visits as number;
  });

describe('the embedded Postgres', () => {
  it('finds its data again, and flushes as production does', async () => {
    const data = join(folder, 'data');
    const first = await startEmbeddedPostgres(data);
    expect(await visits(first.url)).toBe(1);
    await first.stop();
    const second = await startEmbeddedPostgres(data);
    expect(await visits(second.url)).toBe(2);
    const fsync = await withClient(second.url, (client) =>
      client.query(`show fsync`),
    );
    expect(fsync.rows).toEqual([{ fsync: 'on' }]);
    await second.stop();
  });

  it('listens on no port', async () => {
    const postgres = await startEmbeddedPostgres(folder);
    const { rows } = await withClient(postgres.url, (client) =>
      client.query(`show listen_addresses`),
    );
    expect(rows).toEqual([{ listen_addresses: '' }]);
    await postgres.stop();
  });

  it.each([
    ['another program', 1],
    ['this very process, as in a container', process.pid],
  ])(
    'starts after a crash, when the process id in its lock is that of %s by now',
    async (_, pid) => {
      writeFileSync(join(folder, 'otel-audit.pid'), `${pid}\n`);
      const postgres = await startEmbeddedPostgres(folder);
      await postgres.stop();
      expect(existsSync(join(folder, 'otel-audit.pid'))).toBe(false);
    },
  );

  it('starts after it was interrupted while it made its first database', async () => {
    mkdirSync(join(folder, 'postgres.new'));
    writeFileSync(join(folder, 'postgres.new', 'PG_VERSION'), '18\n');
    const postgres = await startEmbeddedPostgres(folder);
    expect(await visits(postgres.url)).toBe(1);
    await postgres.stop();
  });

  it('says what the server said when it does not start, and gives the folder back', async () => {
    const data = join(folder, 'postgres');
    mkdirSync(data);
    writeFileSync(join(data, 'PG_VERSION'), '9.6\n');
    await expect(startEmbeddedPostgres(folder)).rejects.toThrow(
      /^cannot start the embedded Postgres on .*postgres: .*(FATAL|could not|invalid)/s,
    );
    expect(existsSync(join(folder, 'otel-audit.pid'))).toBe(false);
  });

  it('starts in a folder that the unprivileged user of root cannot enter', async () => {
    chmodSync(folder, 0o700);
    const postgres = await startEmbeddedPostgres(
      join(folder, 'clone', '.audit'),
    );
    expect(await visits(postgres.url)).toBe(1);
    await postgres.stop();
    if (postgres.folder.startsWith('/var/lib/'))
      rmSync(postgres.folder, { recursive: true });
  });
});

describe('canEnter', () => {
  const stranger = { name: 'stranger', uid: 65_000, gid: 65_000 };

  it.each([
    ['all may enter', 0o755, true],
    ['only the owner may enter', 0o700, false],
    ['all may read but not enter', 0o744, false],
  ])('looks at the folder and all above it: %s', (_, mode, expected) => {
    chmodSync(folder, mode);
    expect(canEnter(folder, stranger)).toBe(expected);
    expect(canEnter(join(folder, 'not', 'there', 'yet'), stranger)).toBe(
      expected,
    );
  });
});
