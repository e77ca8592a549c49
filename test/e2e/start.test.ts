import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../src/child';
import type { Child } from '../src/child';
import { freePort } from '../src/free-port';

interface Page {
  data: { event_id: string }[];
  total: number;
}

describe('npm start and npm run demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-start-'));
  const running: Child[] = [];
  let env: Record<string, string>;

  beforeAll(async () => {
    env = {
      AUDIT_DATA_DIR: folder,
      AUDIT_RECEIVER_HTTP_PORT: String(await freePort()),
      AUDIT_RECEIVER_GRPC_PORT: String(await freePort()),
      AUDIT_QUERY_PORT: String(await freePort()),
    };
  });
  afterAll(async () => {
    await Promise.all(running.map((child) => child.kill('SIGKILL')));
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(...args: string[]): Promise<Child> {
    return startWith({}, ...args);
  }

  async function startWith(
    settings: Record<string, string>,
    ...args: string[]
  ): Promise<Child> {
    const child = startChild('stack/dist/main.js', args, {
      ...env,
      ...settings,
    });
    running.push(child);
    await child.prints('Ctrl-C stops everything.');
    return child;
  }

  /** Runs the line that the program offers, as a person would who pastes it. */
  function paste(child: Child, apiToken = ''): Page {
    const line = /^ {2}(curl .*)$/m.exec(child.output())![1]!;
    const answer = execFileSync('bash', ['-c', line], {
      encoding: 'utf8',
      env: { ...process.env, AUDIT_API_TOKEN: apiToken },
    });
    return JSON.parse(answer) as Page;
  }

  /** Signs in by the link that the program offers, as its page does. */
  async function followLink(child: Child): Promise<number> {
    const [, page, token] = /Web page +(\S+)#token=(\S+)/.exec(child.output())!;
    expect((await fetch(page!)).status).toBe(200);
    const answer = await fetch(new URL('/api/session', page), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    return answer.status;
  }

  it('shows real Backstage events to the first curl line, stops on Ctrl-C, and finds its data again', async () => {
    // In the order of the README: whoever has tried the curl line before has left an event by it.
    const empty = await start();
    // Whoever starts it for the first time gives the two tokens their secrets, and the log says so.
    expect(paste(empty)).toMatchObject({
      data: [
        { event_id: 'token-secret-set' },
        { event_id: 'token-secret-set' },
      ],
      total: 2,
    });
    const token = /API token +(\S+)/.exec(empty.output())![1]!;
    expect(await empty.kill('SIGINT')).toEqual([0, null]);

    const first = await start('--demo');
    expect(first.output()).toContain(
      'Sent 710 events of a real Backstage backend',
    );
    expect(first.output()).toContain(
      `http://127.0.0.1:${env['AUDIT_RECEIVER_GRPC_PORT']}  (OTLP/gRPC)`,
    );
    const page = paste(first, token);
    expect(page.data).toHaveLength(5);
    // 361 outcomes in the file; 21 of them are reads of the catalog by plugins, which the default rules keep out. With the
    // first and the last of the emitter's stream, the two tokens, and how the reading before came out.
    expect(page.total).toBe(345);
    expect(await first.kill('SIGINT')).toEqual([0, null]);

    const second = await start('--demo');
    expect(second.output()).toContain('The log has events already');
    expect(second.output()).toContain(
      'API token     as printed at the first start',
    );
    // And that somebody read the first time.
    expect(paste(second, token).total).toBe(346);
    expect(await second.kill('SIGTERM')).toEqual([0, null]);

    const third = await start('--new-token');
    // That somebody read the second time, and two new secrets.
    expect(paste(third).total).toBe(349);
    expect(await followLink(third)).toBe(201);
    const old = await fetch(
      `http://127.0.0.1:${env['AUDIT_QUERY_PORT']}/api/audit-log/v1/audit-event`,
      { headers: { authorization: `Bearer ${token}` } },
    );
    expect(old.status).toBe(401);
    expect(await third.kill('SIGINT')).toEqual([0, null]);
  });

  it('makes a new token for the one that no setting gives', async () => {
    const given = { AUDIT_API_TOKEN: 'given-by-a-setting' };
    const child = await startWith(given, '--new-token');
    expect(child.output()).toContain('as AUDIT_API_TOKEN says');
    expect(await followLink(child)).toBe(201);
    expect(await child.kill('SIGINT')).toEqual([0, null]);
  });

  it('refuses to make new tokens where settings give both', async () => {
    const child = startChild('stack/dist/main.js', ['--new-token'], {
      ...env,
      AUDIT_API_TOKEN: 'given-by-a-setting',
      AUDIT_ADMIN_TOKEN: 'given-by-a-setting-too',
    });
    running.push(child);
    await child.prints(
      'cannot make new tokens: AUDIT_API_TOKEN and AUDIT_ADMIN_TOKEN set them; change them there, or start without one of them',
    );
  });

  it('starts again after it was killed, although its Postgres went on alone', async () => {
    const first = await start();
    await first.kill('SIGKILL');
    const second = await start();
    expect(await second.kill('SIGINT')).toEqual([0, null]);
  });

  it('refuses a data folder that another one uses, and says which process', async () => {
    const first = await start();
    const second = startChild('stack/dist/main.js', [], {
      ...env,
      AUDIT_RECEIVER_HTTP_PORT: String(await freePort()),
      AUDIT_QUERY_PORT: String(await freePort()),
    });
    running.push(second);
    await second.prints(`cannot use the data folder ${folder}: process `);
    await first.kill('SIGINT');
  });

  it('refuses to start in one line when the port of OTLP/gRPC is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const child = startChild('stack/dist/main.js', [], {
      ...env,
      AUDIT_RECEIVER_GRPC_PORT: String(port),
    });
    running.push(child);
    await child.prints(
      `cannot start: cannot listen on AUDIT_RECEIVER_HOST 127.0.0.1, AUDIT_RECEIVER_GRPC_PORT ${port}: listen EADDRINUSE`,
    );
    other.close();
  });

  it.each([
    [{ AUDIT_QUERY_PORT: 'http' }, 'AUDIT_QUERY_PORT'],
    [{ AUDIT_RECEIVER_HTTP_PORT: '70000' }, 'AUDIT_RECEIVER_HTTP_PORT'],
    [{ AUDIT_API_TOKEN: 'short' }, 'AUDIT_API_TOKEN'],
    [
      { AUDIT_RECEIVER_TLS_CERT_FILE: 'nowhere.crt' },
      'AUDIT_RECEIVER_TLS_KEY_FILE',
    ],
  ])(
    'refuses to start with %j, in one line that names the setting',
    async (wrong, name) => {
      const child = startChild('stack/dist/main.js', [], { ...env, ...wrong });
      running.push(child);
      await child.prints(name);
      expect(child.output().trim().split('\n')).toHaveLength(1);
    },
  );
});
