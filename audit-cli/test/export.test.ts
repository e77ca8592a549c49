import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ADMIN_TOKEN,
  API_TOKEN,
  startTestService,
} from '../../query-service/test/service';
import type { TestService } from '../../query-service/test/service';
import { anAuditEvent } from '../../test/src/audit-events';
import { createPlanter } from '../../test/src/planted-events';
import { jsonLines, runAudit, startAudit } from './run-audit';

const COUNT = 2_500;

let service: TestService;
let ids: string[];
let folder: string;
beforeAll(async () => {
  service = await startTestService();
  const planter = await createPlanter(service.database.url);
  const events = Array.from({ length: COUNT }, (_, i) =>
    anAuditEvent({
      pluginId: 'shop',
      time: BigInt(Date.now() - (COUNT - i)) * 1_000_000n,
      meta: { text: 'line\nbreak, "quote"\r\n' },
    }),
  );
  ids = events.map(({ id }) => id);
  await planter.plant(events);
  await planter.close();
});
afterAll(() => service.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-export-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const env = () => ({ AUDIT_URL: service.url, AUDIT_API_TOKEN: ADMIN_TOKEN });
const shop = ['export', '--plugin', 'shop'];

it('writes a file that is whole, for its owner alone', async () => {
  const path = join(folder, 'shop.ndjson');
  writeFileSync(path, 'of yesterday');
  const ran = await runAudit([...shop, '-o', path], env());
  expect(ran).toEqual({
    code: 0,
    signal: null,
    stdout: '',
    stderr: `audit: ${COUNT} events in ${path}, count and SHA-256 are as the service says\n`,
  });
  const lines = jsonLines(readFileSync(path, 'utf8'));
  expect(lines.pop()).toMatchObject({
    export: { rows: COUNT, complete: true },
  });
  expect(lines.map(({ id }) => id)).toEqual(ids);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['shop.ndjson']);
});

it('writes the same to standard output', async () => {
  const { code, stdout, stderr } = await runAudit(shop, env());
  expect([code, stderr]).toEqual([0, '']);
  expect(
    jsonLines(stdout)
      .map(({ id }) => id)
      .slice(0, -1),
  ).toEqual(ids);
});

it('writes CSV, counts records and not lines', async () => {
  const path = join(folder, 'shop.csv');
  const { code, stderr } = await runAudit(
    [...shop, '--format', 'csv', '-o', path],
    env(),
  );
  expect([code, stderr]).toEqual([
    0,
    expect.stringContaining(`${COUNT} events`),
  ]);
  expect(readFileSync(path, 'utf8')).toMatch(/^id,event_time,/);
});

it('says which permission is missing', async () => {
  const path = join(folder, 'x');
  const ran = await runAudit([...shop, '-o', path], {
    ...env(),
    AUDIT_API_TOKEN: API_TOKEN,
  });
  expect([ran.code, ran.stderr]).toEqual([
    3,
    'audit: the service answered 403: Unauthorized, missing permission audit.log.export; use a token that has the permission\n',
  ]);
  expect(readdirSync(folder)).toEqual([]);
});

it.each<[string, (path: string) => void]>([
  ['a folder', (path) => mkdirSync(path)],
  ['a pipe', (path) => execFileSync('mkfifo', [path])],
  ['a link', (path) => symlinkSync('/dev/null', path)],
])('does not take the place of %s', async (_name, make) => {
  const path = join(folder, 'x');
  make(path);
  const ran = await runAudit([...shop, '-o', path], env());
  expect([ran.code, ran.stderr]).toEqual([
    2,
    `audit: cannot write ${path}: it is not a file; send it into a pipe instead\n`,
  ]);
  expect(lstatSync(path).isFile()).toBe(false);
  expect(readdirSync(folder)).toEqual(['x']);
});

it('says why nobody is reached, also where a name has several addresses', async () => {
  const ran = await runAudit([...shop, '--url', 'http://localhost:9'], env());
  expect([ran.code, ran.stderr]).toEqual([
    3,
    expect.stringMatching(
      /^audit: cannot reach http:\/\/localhost:9: connect ECONNREFUSED .+\n$/,
    ),
  ]);
});

it('names a folder that is not there', async () => {
  const ran = await runAudit([...shop, '-o', join(folder, 'no', 'x')], env());
  expect([ran.code, ran.stderr]).toEqual([
    2,
    expect.stringContaining('audit: cannot write '),
  ]);
});

describe('an answer that is not whole', () => {
  let server: Server;
  afterEach(() => server.close());
  async function serve(listener: RequestListener): Promise<string> {
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const line = '{"id":"1"}\n';
  const manifest = (rows: number, of: string) =>
    `${JSON.stringify({ export: { rows, sha256: createHash('sha256').update(of).digest('hex'), complete: true } })}\n`;

  it.each<[string, string, RequestListener, string]>([
    [
      'breaks off in the middle',
      'ndjson',
      (_req, res) => {
        res.write(line.repeat(2));
        setTimeout(() => res.destroy(), 100);
      },
      'the export broke off after 1 events: aborted',
    ],
    [
      'ends without the last line',
      'ndjson',
      (_req, res) => res.end(line.repeat(2)),
      'the export broke off after 1 events: its last line, which says how many there are, is missing',
    ],
    [
      'is empty',
      'ndjson',
      (_req, res) => res.end(),
      'the export broke off after 0 events: its last line',
    ],
    [
      'lacks an event',
      'ndjson',
      (_req, res) => res.end(line + manifest(2, line + line)),
      'the export is not what was sent: expected 2 events with the SHA-256',
    ],
    [
      'counts what it has wrongly',
      'ndjson',
      (_req, res) => res.end(line + manifest(2, line)),
      'the export is not what was sent: expected 2 events with the SHA-256',
    ],
    [
      'has another event',
      'ndjson',
      (_req, res) => res.end('{"id":"2"}\n' + manifest(1, line)),
      'the export is not what was sent: expected 1 events with the SHA-256',
    ],
    [
      'lost its trailers',
      'csv',
      (_req, res) => res.end('id\r\n1\r\n'),
      'the export of 1 events cannot be checked: its trailers are missing',
    ],
    [
      'has trailers of something else',
      'csv',
      (_req, res) => {
        res.setHeader('Trailer', 'X-Audit-Rows, X-Audit-Sha256');
        res.write('id\r\n1\r\n');
        res.addTrailers({ 'X-Audit-Rows': '2', 'X-Audit-Sha256': 'ab' });
        res.end();
      },
      'the export is not what was sent: expected 2 events with the SHA-256 ab, got 1 with',
    ],
  ])(
    '%s: an error, and no file (%s)',
    async (_name, format, answer, message) => {
      const url = await serve(answer);
      const path = join(folder, 'events');
      writeFileSync(path, 'of yesterday');
      const ran = await runAudit(
        ['export', '--format', format, '-o', path, '--url', url],
        env(),
      );
      expect([ran.code, ran.stderr]).toEqual([
        3,
        expect.stringContaining(`audit: ${message}`),
      ]);
      expect(readdirSync(folder)).toEqual(['events']);
      expect(readFileSync(path, 'utf8')).toBe('of yesterday');
    },
  );

  it('was ended by Ctrl-C: leaves no file', async () => {
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const url = await serve((_req, res) => {
      res.write(line);
      begin();
    });
    const child = startAudit(
      ['export', '-o', join(folder, 'events'), '--url', url],
      env(),
    );
    await begun;
    while (readdirSync(folder).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([null, 'SIGINT']);
    expect(readdirSync(folder)).toEqual([]);
    server.closeAllConnections();
  });
});
