import { once } from 'node:events';
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spawn, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { API_TOKEN, startTestService } from '../../query-service/test/service';
import type { TestService } from '../../query-service/test/service';
import { anAuditEvent } from '../../test/src/audit-events';
import { createPlanter } from '../../test/src/planted-events';
import { BIN, jsonLines, runAudit, startAudit } from './run-audit';

let service: TestService;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'audit-cli-'));
  service = await startTestService();
  const planter = await createPlanter(service.database.url);
  await planter.plant(Array.from({ length: 3_000 }, () => anAuditEvent()));
  await planter.close();
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

const env = () => ({ AUDIT_URL: service.url, AUDIT_API_TOKEN: API_TOKEN });
function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('the token', () => {
  it('comes from a file, with a line end behind it, and wins over the environment', async () => {
    const path = fileOf('token', `${API_TOKEN}\n`);
    const { code, stdout } = await runAudit(
      [
        'query',
        '--json',
        '--limit',
        '1',
        '--token-file',
        path,
        '--url',
        service.url,
      ],
      { AUDIT_API_TOKEN: 'another-one', AUDIT_URL: 'http://127.0.0.1:9' },
    );
    expect([code, jsonLines(stdout)]).toEqual([0, [expect.anything()]]);
  });

  it.each<[string, NodeJS.ProcessEnv, string[], number, string]>([
    [
      'missing',
      {},
      [],
      2,
      'a token is needed: set AUDIT_API_TOKEN, or name a file that has it with --token-file',
    ],
    [
      'with a space',
      { AUDIT_API_TOKEN: 'two words' },
      [],
      2,
      'AUDIT_API_TOKEN must have a token and nothing else: visible ASCII characters, without spaces',
    ],
    [
      'in a file that is not there',
      {},
      ['--token-file', '/nowhere'],
      2,
      "cannot read the file of --token-file: ENOENT: no such file or directory, open '/nowhere'",
    ],
    [
      'unknown',
      { AUDIT_API_TOKEN: 'unknown-token' },
      [],
      3,
      'the service answered 401: Illegal token; check AUDIT_API_TOKEN or --token-file',
    ],
  ])('%s', async (_name, token, args, code, message) => {
    const ran = await runAudit(['query', ...args], {
      AUDIT_URL: service.url,
      ...token,
    });
    expect(ran).toEqual({
      code,
      signal: null,
      stdout: '',
      stderr: `audit: ${message}\n`,
    });
  });
});

describe('the service', () => {
  it.each([['ftp://x'], ['not a url'], ['http://user:secret@127.0.0.1']])(
    '%s is wrong usage',
    async (url) => {
      const { code, stderr } = await runAudit(['ledger', '--url', url], env());
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining(
          '--url (or AUDIT_URL) must be a URL such as http://127.0.0.1:7420',
        ),
      ]);
    },
  );

  it('that nobody listens for cannot be asked', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.close();
    const { code, stderr } = await runAudit(['query', '--url', url], env());
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(
        `^audit: cannot reach ${url}: connect ECONNREFUSED`,
      ),
    ]);
  });

  it('that is another one is told apart, and its words do nothing to the terminal', async () => {
    const server = createServer((_req, res) => {
      res.statusCode = 502;
      res.end('{"error":{"message":"\u001b[2J\\u001b[2J\\nhello"}}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ran = await runAudit(['query', '--url', url], env());
    server.close();
    expect(ran.code).toBe(3);
    expect(ran.stderr).toBe(
      `audit: expected ${url} to be the audit log's query service, got status 502 without its form of error\n`,
    );
  });

  it.each([
    [503, 3],
    [400, 2],
  ])(
    'that breaks off when it says why it answers %i is one sentence',
    async (status, code) => {
      const server = createServer((_req, res) => {
        res.writeHead(status, { 'content-length': 1_000 });
        res.write('{"error":');
        setImmediate(() => res.destroy());
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const runs = await Promise.all(
        ['query', 'export'].map((command) =>
          runAudit([command, '--url', url], env()),
        ),
      );
      server.close();
      for (const ran of runs)
        expect([ran.code, ran.stderr]).toEqual([
          code,
          expect.stringMatching(
            `^audit: the service answered ${status}, and broke off when it said why: .+\n$`,
          ),
        ]);
    },
  );

  it('never sends the token on to where a redirect leads', async () => {
    const seen: unknown[] = [];
    const server = createServer((req, res) => {
      seen.push(req.url);
      res.writeHead(302, { location: '/elsewhere' }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code } = await runAudit(['query', '--url', url], env());
    server.close();
    expect([code, seen]).toEqual([3, ['/api/audit-log/v2/events?limit=100']]);
  });
});

describe('the process', () => {
  it('ends quietly when nobody reads on', async () => {
    const child = startAudit(['query', '--all', '--json'], env());
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += text));
    for await (const line of createInterface(child.stdout)) {
      expect(JSON.parse(line)).toHaveProperty('event_time');
      break;
    }
    child.stdout.destroy();
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(stderr).toBe('');
  });

  // As on a full disk, which a test has not everywhere: nothing can be written to a file that was opened for reading.
  it.each<[string[], number]>([
    [['ledger'], 3],
    [['query', '--all', '--json'], 3],
    [['query', '--limit', '0'], 2],
  ])(
    '%j says so by its exit code %i where nothing can be written',
    async (args, code) => {
      const unwritable = openSync(fileOf('unwritable', ''), 'r');
      try {
        const run = (stderr: 'pipe' | number) =>
          spawn(process.execPath, [BIN, ...args], {
            env: env(),
            stdio: ['ignore', unwritable, stderr],
          });
        const child = run('pipe');
        const [stderr, end] = await Promise.all([
          text(child.stderr!),
          once(child, 'close'),
        ]);
        expect([end, stderr]).toEqual([
          [code, null],
          expect.stringMatching(/^(audit|error): .+\n$/),
        ]);
        expect(await once(run(unwritable), 'close')).toEqual([code, null]);
      } finally {
        closeSync(unwritable);
      }
    },
  );

  it('ends quietly by Ctrl-C', async () => {
    const child = startAudit(['tail', '--since', '1h', '--json'], env());
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += text));
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    child.stdout.resume();
    expect(await once(child, 'close')).toEqual([null, 'SIGINT']);
    expect(stderr).toBe('');
  });

  it.each<[string[], number]>([
    [['--help'], 0],
    [['query', '--help'], 0],
    [['rules', 'test', '--help'], 0],
    [['--version'], 0],
    [[], 2],
    [['queries'], 2],
    [['query', '--colour'], 2],
    [['query', 'words'], 2],
    [['query', '--limit', '0'], 2],
    [['export', '--format', 'xml'], 2],
    [['streams', '--state', 'odd'], 2],
  ])('%j ends with %i, and says something', async (args, code) => {
    const ran = await runAudit(args, env());
    expect(ran.code).toBe(code);
    expect(code === 0 ? ran.stdout : ran.stderr).not.toBe('');
  });

  it('keeps help within 80 columns', async () => {
    for (const args of [
      [],
      ['query'],
      ['tail'],
      ['export'],
      ['rules', 'list'],
      ['rules', 'test'],
      ['rules', 'apply'],
      ['ledger'],
      ['streams'],
    ]) {
      const { stdout } = await runAudit([...args, '--help'], env());
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    }
  });

  it('says what to do where it is not built', () => {
    const copy = join(folder, 'unbuilt');
    mkdirSync(join(copy, 'bin'), { recursive: true });
    cpSync(BIN, join(copy, 'bin', 'audit.js'));
    const { status, stderr } = spawnSync(process.execPath, [
      join(copy, 'bin', 'audit.js'),
    ]);
    expect([status, stderr.toString()]).toEqual([
      3,
      'audit: the command is not built yet; run "npm run build" in the root of the repository\n',
    ]);
  });
});
