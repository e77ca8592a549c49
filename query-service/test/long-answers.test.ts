import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { anAuditEvent } from '../../test/src/audit-events';
import { createPlanter } from '../../test/src/planted-events';
import { ADMIN_TOKEN, API_TOKEN, startTestService } from './service';
import type { TestService } from './service';

let service: TestService;
const opened: IncomingMessage[] = [];

async function start(limits: Parameters<typeof startTestService>[1]) {
  service = await startTestService({}, limits);
}
afterEach(async () => {
  for (const answer of opened.splice(0)) answer.destroy();
  await service.close();
});

/** Much more than sockets take for a client that does not read. */
async function plantMuch(): Promise<void> {
  const planter = await createPlanter(service.database.url);
  const meta = { text: 'x'.repeat(20_000) };
  await planter.plant(
    Array.from({ length: 2_000 }, () => anAuditEvent({ meta })),
  );
  await planter.close();
}

/** The answer's head; its body is not read. */
function open(path: string, token: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    const url = `${service.url}/api/audit-log/v2/${path}`;
    get(url, { headers, agent: false }, (answer) => {
      opened.push(answer);
      answer.on('error', () => undefined);
      resolve(answer);
    }).on('error', reject);
  });
}

async function refusal(path: string, token: string) {
  const { status, headers, body } = await service.request(
    `/api/audit-log/v2/${path}`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  return [status, headers.get('retry-after'), body.error.message];
}

/** Tries until there is a place again. */
async function openAgain(path: string, token: string): Promise<void> {
  let status: number | undefined;
  for (let i = 0; i < 200 && status !== 200; i++) {
    status = (await open(path, token)).statusCode;
    await sleep(50);
  }
  expect(status).toBe(200);
}

describe.each([
  ['tail', 'live tails', { tailsPerSubject: 2, tails: 3 }, API_TOKEN],
  ['export', 'exports', { exportsPerSubject: 2, exports: 3 }, ADMIN_TOKEN],
])('%s', (path, what, limits, token) => {
  it('has so many places for one subject, which are free again when a client goes', async () => {
    await start(limits);
    await plantMuch();
    const first = await open(path, token);
    await open(path, token);
    expect(await refusal(path, token)).toEqual([
      429,
      '10',
      expect.stringMatching(
        `^audit-log-\\w+-access has 2 ${what} under way, which is the most at a time: end one, then try again$`,
      ),
    ]);
    first.destroy();
    await openAgain(path, token);
  });

  it('has so many places in all', async () => {
    await start({
      ...limits,
      ...(path === 'tail' ? { tails: 1 } : { exports: 1 }),
    });
    await plantMuch();
    await open(path, token);
    expect(await refusal(path, ADMIN_TOKEN)).toEqual([
      503,
      '10',
      `There are 1 ${what} under way, which is the most at a time: try again later`,
    ]);
  });
});

it('asks in pages take no place', async () => {
  await start({ tails: 0 });
  const answer = await open('tail?format=json', API_TOKEN);
  expect(answer.statusCode).toBe(200);
});

it.each([
  ['export', { exportsPerSubject: 1 }],
  ['tail?since=2026-01-01T00:00:00Z', { tailsPerSubject: 1 }],
])(
  '%s: a client that takes nothing is cut off, and holds no connection to the database till then',
  async (path, limit) => {
    await start({ ...limit, stalledMs: 1_000 });
    await plantMuch();
    const { hostname, port } = new URL(service.url);
    const client = connect(Number(port), hostname);
    client.on('error', () => undefined);
    client.write(
      `GET /api/audit-log/v2/${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\n\r\n`,
    );
    await new Promise((resolve) => client.once('readable', resolve));
    // From here on nothing is read.
    const { pool } = service.database;
    let busy = 1;
    for (let i = 0; i < 100 && busy > 0; i++) {
      const { rows } = await pool.query(
        `select count(*)::integer as busy from pg_stat_activity
         where datname = current_database() and application_name like 'otel-audit query-service%' and state <> 'idle'`,
      );
      busy = rows[0].busy;
      await sleep(20);
    }
    expect(busy).toBe(0);
    await openAgain(path, ADMIN_TOKEN);
    client.destroy();
  },
);
