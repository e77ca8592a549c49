import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectedSchemaVersion } from 'audit-event/store';
import { Pool } from 'pg';
import { startEmbeddedPostgres } from '../../stack/src/postgres/embedded-postgres';
import type { EmbeddedPostgres } from '../../stack/src/postgres/embedded-postgres';
import { loadConfig } from '../src/config';
import type { Server } from '../src/http/server';
import { checkDatabase } from '../src/readiness/check-database';
import type { Readiness } from '../src/readiness/readiness';
import { runReceiver } from '../src/run';
import { jsonRequestOf } from './kit/otlp-json';
import { aReceiver, closeReceivers } from './kit/receiver';
import { recordingLogger } from './kit/recording-logger';

const JSON_TYPE = { 'content-type': 'application/json' };
const body = jsonRequestOf('{}');

afterEach(closeReceivers);

describe('a receiver', () => {
  it.each<[string, Readiness, number, number, string]>([
    ['ready', { status: 'ready' }, 200, 200, 'ready\n'],
    [
      'failing, which only a commit finds out for sure',
      { status: 'failing', reason: 'no answer' },
      503,
      200,
      'not ready: no answer\n',
    ],
    [
      'unsafe',
      { status: 'unsafe', reason: 'fsync is off' },
      503,
      503,
      'not ready: fsync is off\n',
    ],
  ])('that is %s', async (_, answer, readyz, post, text) => {
    const receiver = await aReceiver(
      {},
      { readiness: () => Promise.resolve(answer) },
    );
    const asked = await fetch(`${receiver.url}/readyz`);
    expect([asked.status, await asked.text()]).toEqual([readyz, text]);
    const posted = await receiver.post('/v1/logs', {
      headers: JSON_TYPE,
      body,
    });
    expect(posted.status).toBe(post);
    expect(receiver.committed).toHaveLength(post === 200 ? 1 : 0);
    if (post === 503) {
      expect(posted.headers.get('retry-after')).toBe('2');
      expect(await posted.json()).toEqual({
        code: 14,
        message: 'not ready: fsync is off',
      });
    }
  });

  it('is not ready from the commit that finds the disk full to the one that succeeds', async () => {
    let full = true;
    const receiver = await aReceiver(
      {},
      {
        commit: async () => {
          if (full)
            throw Object.assign(new Error('could not extend file'), {
              code: '53100',
            });
        },
      },
    );
    const post = () => receiver.post('/v1/logs', { headers: JSON_TYPE, body });
    const readyz = async () => (await fetch(`${receiver.url}/readyz`)).text();
    expect(await readyz()).toBe('ready\n');
    expect((await post()).status).toBe(503);
    expect(await readyz()).toBe(
      'not ready: the database has no room left on its disk\n',
    );
    full = false;
    expect((await post()).status).toBe(200);
    expect(await readyz()).toBe('ready\n');
    expect(receiver.lines.slice(1)).toEqual([
      'error: cannot commit requests: their senders are told to send them again',
      'info: requests are committed again',
    ]);
  });
});

describe('on a server whose settings change', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-readiness-'));
  let postgres: EmbeddedPostgres;
  let pool: Pool;
  let receiver: Server;

  beforeAll(async () => {
    postgres = await startEmbeddedPostgres(folder);
    pool = new Pool({ connectionString: postgres.url });
    pool.on('error', () => undefined);
    const env = {
      AUDIT_DATABASE_URL: postgres.url,
      AUDIT_RECEIVER_HTTP_PORT: '0',
    };
    receiver = await runReceiver(loadConfig(env, ''), recordingLogger().logger);
  });
  afterAll(async () => {
    await receiver.close();
    await pool.end();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const post = async () => {
    const url = `${receiver.url}/v1/logs`;
    const init = { method: 'POST', headers: JSON_TYPE, body };
    return (await fetch(url, init)).status;
  };
  /** What /readyz says once it says something else. The server takes a new setting when it comes to it. */
  async function readyzAfter(before: string): Promise<string> {
    for (;;) {
      const text = await (await fetch(`${receiver.url}/readyz`)).text();
      if (text !== before) return text;
    }
  }
  async function alterSystem(statement: string): Promise<void> {
    await pool.query(`alter system ${statement}`);
    await pool.query(`select pg_reload_conf()`);
  }
  async function settled(name: string, value: string): Promise<void> {
    for (;;) {
      const { rows } = await pool.query(`select current_setting($1) as value`, [
        name,
      ]);
      if (rows[0].value === value) return;
    }
  }
  const check = (allowUnsafeDurability = false, requireStandby = false) =>
    checkDatabase(pool, { allowUnsafeDurability, requireStandby });

  it.each(['full_page_writes', 'fsync'])(
    'refuses posts while %s is off',
    async (name) => {
      expect(await post()).toBe(200);
      await alterSystem(`set ${name} = off`);
      const reason = `expected the Postgres setting ${name} = on, got off: a commit could be lost when the machine fails`;
      expect(await readyzAfter('ready\n')).toBe(`not ready: ${reason}\n`);
      expect(await post()).toBe(503);
      expect(await check(true)).toEqual({ status: 'ready' });
      await alterSystem(`reset ${name}`);
      expect(await readyzAfter(`not ready: ${reason}\n`)).toBe('ready\n');
      expect(await post()).toBe(200);
    },
  );

  it('needs names of synchronous standbys only when told so', async () => {
    const missing = {
      status: 'unsafe',
      reason:
        'expected the Postgres setting synchronous_standby_names = the names of synchronous standbys, got nothing: a commit could be lost at a failover',
    };
    expect(await check(false, false)).toEqual({ status: 'ready' });
    expect(await check(false, true)).toEqual(missing);
    await alterSystem(`set synchronous_standby_names = 'any 1 (a, b)'`);
    await settled('synchronous_standby_names', 'any 1 (a, b)');
    expect(await check(false, true)).toEqual({ status: 'ready' });
    await alterSystem(`reset synchronous_standby_names`);
    await settled('synchronous_standby_names', '');
  });

  it('refuses posts on an older schema, and takes them on a newer one', async () => {
    const version = expectedSchemaVersion();
    const setVersion = (to: number) =>
      pool.query(
        `update audit.migration set version = $1::integer where version = $2::integer`,
        [to, to === version ? version - 1 : version],
      );
    await setVersion(version - 1);
    expect(await readyzAfter('ready\n')).toBe(
      `not ready: expected schema version ${version}, got ${version - 1}\n`,
    );
    expect(await post()).toBe(503);
    await setVersion(version);
    await pool.query(
      `insert into audit.migration (version) values ($1::integer)`,
      [version + 1],
    );
    expect(await readyzAfter('')).toBe('ready\n');
    expect(await post()).toBe(200);
    await pool.query(
      `delete from audit.migration where version = $1::integer`,
      [version + 1],
    );
  });

  it('finds a full disk by the commit that meets it', async () => {
    await pool.query(`
      create function audit.disk_full() returns trigger language plpgsql as $$
      begin
        raise exception 'could not extend file' using errcode = '53100';
      end $$`);
    await pool.query(
      `create trigger disk_full before insert on audit.batch
       for each row execute function audit.disk_full()`,
    );
    expect(await post()).toBe(503);
    expect(await readyzAfter('ready\n')).toBe(
      'not ready: the database has no room left on its disk\n',
    );
    await pool.query(`drop function audit.disk_full cascade`);
    expect(await post()).toBe(200);
    expect(await readyzAfter('')).toBe('ready\n');
  });

  it('is not ready while the database is away', async () => {
    await postgres.stop();
    expect(await readyzAfter('ready\n')).toMatch(
      /^not ready: the database does not answer: /,
    );
    expect(await post()).toBe(503);
  });
});
