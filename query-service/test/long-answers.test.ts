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
  for (;;) {
    const answer = await open(path, token);
    if (answer.statusCode === 200) return;
    await sleep(20);
  }
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
    await start({ ...limits, ...(path === 'tail' ? { tails: 1 } : { exports: 1 }) });
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

it.each(['export', 'tail?since=2026-01-01T00:00:00Z'])(
  '%s: a client that takes nothing holds no connection to the database, and is cut off',
  async (path) => {
    await start({ stalledMs: 300 });
    await plantMuch();
    const { hostname, port } = new URL(service.url);
    const client = connect(Number(port), hostname);
    client.on('error', () => undefined);
    client.write(
      `GET /api/audit-log/v2/${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\n\r\n`,
    );
    await new Promise((resolve) => client.once('readable', resolve));
    // Nothing is read from here on; the service notices without a word of the client.
    const { pool } = service.database;
    const states = async () =>
      (
        await pool.query(
          `select count(*)::integer as busy from pg_stat_activity
           where datname = current_database() and application_name like 'otel-audit query-service%' and state <> 'idle'`,
        )
      ).rows[0].busy;
    while ((await states()) > 0) await sleep(20);
    const connections = () =>
      service.log.filter((line) => line.includes('an answer broke off')).length;
    while (!client.closed && connections() === 0) {
      await sleep(50);
      client.read(0);
    }
    client.destroy();
  },
);
