import { createHash } from 'node:crypto';
import { get } from 'node:http';
import { connect } from 'node:net';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditEvent } from 'audit-event';
import { anAuditEvent } from '../../test/src/audit-events';
import { createPlanter } from '../../test/src/planted-events';
import type { Planter } from '../../test/src/planted-events';
import { asker } from './ask';
import { ADMIN_TOKEN, startTestService } from './service';
import type { TestService } from './service';

const SECRET = 'may-do-everything';
const RANGE = 'start_time=2026-01-01T00:00:00Z&end_time=2026-01-31T23:59:59Z';
const START = BigInt(Date.parse('2026-01-15T10:00:00Z')) * 1_000_000n;

let service: TestService;
let planter: Planter;
beforeAll(async () => {
  service = await startTestService();
  planter = await createPlanter(service.database.url);
  await service.database.pool.query(
    `insert into audit.token (id, subject, secret_sha256, created_by)
     values (gen_random_uuid(), 'exporter', sha256($1::text::bytea), 'test')`,
    [SECRET],
  );
  while ((await request('limit=1')).statusCode === 401) await sleep(50);
});
afterAll(async () => {
  await planter.close();
  await service.close();
});
beforeEach(async () => {
  await service.database.pool.query(`truncate audit.event, audit.event_count`);
});

/** By Node's own client: fetch shows no trailers. */
function request(query: string, secret = SECRET): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${secret}` };
    const url = `${service.url}/api/audit-log/v2/export?${query}`;
    get(url, { headers, agent: false }, resolve).on('error', reject);
  });
}

async function exported(query: string) {
  const answer = await request(query);
  const body = await text(answer);
  return { status: answer.statusCode, body, trailers: answer.trailers };
}

/** One every ten minutes, so over many days. */
function someEvents(count: number, fields: Partial<AuditEvent> = {}) {
  return Array.from({ length: count }, (_, i) =>
    anAuditEvent({ time: START + BigInt(i) * 600_000_000_000n, ...fields }),
  );
}

it('has all events in order, and says how many and what they are', async () => {
  const events = someEvents(2_100, { meta: { text: 'line\nbreak, "quote"' } });
  await planter.plant(events);
  const { body, trailers } = await exported(RANGE);
  const lines = body.trimEnd().split('\n');
  const last = JSON.parse(lines.pop()!);
  expect(lines.map((line) => JSON.parse(line).id)).toEqual(
    events.map(({ id }) => id),
  );
  const sha256 = createHash('sha256')
    .update(`${lines.join('\n')}\n`)
    .digest('hex');
  expect(last).toEqual({ export: { rows: 2_100, sha256, complete: true } });
  expect(trailers).toEqual({
    'x-audit-rows': '2100',
    'x-audit-sha256': sha256,
  });
});

it('writes an event as a list does', async () => {
  await planter.plant([
    anAuditEvent({ time: START }),
    anAuditEvent({
      time: START,
      actor: { type: 'user', id: 'quote " \\ line\n tab\t \u0001 \u{1f600}' },
      meta: { big: 12345678901234567890n.toString(), deep: { a: ['"'] } },
      flags: ['sanitized', 'truncated'],
      traceId: '0af7651916cd43dd8448eb211c80319c',
      sequence: 42,
      otlp: { attributes: { 'audit.outcome.reason': 'denied' } },
    }),
  ]);
  const headers = { authorization: `Bearer ${SECRET}` };
  const { body: list } = await service.request(
    `/api/audit-log/v2/events?${RANGE}&order=oldest`,
    { headers },
  );
  const lines = (await exported(RANGE)).body.split('\n').slice(0, 2);
  expect(lines.map((line) => JSON.parse(line))).toEqual(list.data);
  const { rows } = await service.database.pool.query(
    `select json_build_object('actor_id', actor_id)::text as json from audit.event order by event_time, id`,
  );
  lines.forEach((line, i) => expect(line).toContain(rows[i].json.slice(1, -1)));
});

it('holds to the filters, and can be taken up behind any event', async () => {
  const events = someEvents(30);
  const others = someEvents(30, { status: 'failed' });
  await planter.plant([...events, ...others]);
  const whole = (await exported(`${RANGE}&status=failed`)).body
    .trimEnd()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  expect(whole.map(({ id }) => id)).toEqual(others.map(({ id }) => id));
  const { id, event_time } = whole[11];
  const rest = await exported(
    `${RANGE}&status=failed&after_time=${event_time}&after_id=${id}`,
  );
  expect(
    rest.body
      .trimEnd()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
  ).toEqual(whole.slice(12));
});

it('writes CSV that no spreadsheet computes', async () => {
  await planter.plant([
    anAuditEvent({
      time: START,
      actor: { type: 'user', id: '=HYPERLINK("http://x","y")' },
      meta: { big: 'a,b' },
      flags: ['sanitized', 'truncated'],
    }),
  ]);
  const { body, trailers } = await exported(`${RANGE}&format=csv`);
  const [head, line] = body.split('\r\n');
  expect(head).toMatch(/^id,event_time,recorded_at,plugin_id,.*,meta,/);
  expect(line).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
  expect(line).toContain(`"{""big"": ""a,b""}"`);
  expect(line).toContain('"sanitized,truncated"');
  expect(trailers['x-audit-sha256']).toBe(
    createHash('sha256').update(body).digest('hex'),
  );
  const raw = await exported(`${RANGE}&format=csv&raw=true`);
  expect(raw.body).toContain(`"=HYPERLINK(`);
});

it('reads no further than the client does', async () => {
  await planter.plant(
    someEvents(2_000, { meta: { text: 'x'.repeat(20_000) } }),
  );
  const lastRead = async () =>
    (
      await service.database.pool.query(
        `select max(state_change)::text as at from pg_stat_activity
         where datname = current_database() and application_name = 'otel-audit query-service scans'`,
      )
    ).rows[0].at as string;
  const answer = await request(RANGE);
  await new Promise((resolve) => answer.once('data', resolve));
  answer.pause();
  let stalledAt = '';
  for (let at = await lastRead(); at !== stalledAt; at = await lastRead()) {
    stalledAt = at;
    await sleep(500);
  }
  const rest = await text(answer);
  // A server that does not wait for its client would have read all of it by then.
  expect((await lastRead()) > stalledAt).toBe(true);
  expect(rest.trimEnd().split('\n').at(-1)).toContain('"complete":true');
});

it('breaks off when its token is revoked', async () => {
  await planter.plant(
    someEvents(2_000, { meta: { text: 'x'.repeat(20_000) } }),
  );
  const secret = 'will-be-revoked';
  const { pool } = service.database;
  await pool.query(
    `insert into audit.token (id, subject, secret_sha256, created_by)
     values (gen_random_uuid(), 'revoked', sha256($1::text::bytea), 'test')`,
    [secret],
  );
  const status = async () => {
    const answer = await request('limit=1', secret);
    answer.resume();
    return answer.statusCode;
  };
  while ((await status()) === 401) await sleep(50);
  const answer = await request(RANGE, secret);
  await new Promise((resolve) => answer.once('data', resolve));
  answer.pause();
  await pool.query(`delete from audit.token where subject = 'revoked'`);
  while ((await status()) !== 401) await sleep(50);
  const end = await text(answer).then(
    () => 'whole',
    (error: Error) => error.message,
  );
  expect(end).toBe('aborted');
});

it('goes on when a client went away in the middle of it', async () => {
  await planter.plant(someEvents(2_000, { meta: { text: 'x'.repeat(4_000) } }));
  for (let i = 0; i < 10; i++) {
    const answer = await request(RANGE);
    await new Promise((resolve) => answer.once('data', resolve));
    answer.destroy();
  }
  const { body } = await exported(RANGE);
  expect(body.trimEnd().split('\n')).toHaveLength(2_001);
});

it.each([
  ['format=xml', 'format must be one of ndjson, csv, got "xml"'],
  [
    'after_id=x',
    'after_time and after_id must be given together: event_time and id of the last event that came',
  ],
  [
    'after_id=00000000-0000-4000-8000-000000000009&after_time=2026-01-15T10:00:00Z',
    'after_time and after_id must be those of an event, there is no event 00000000-0000-4000-8000-000000000009 at 2026-01-15T10:00:00.000Z',
  ],
])('%s is refused', async (query, message) => {
  const { status, body } = await exported(query);
  expect([status, JSON.parse(body).error.message]).toEqual([400, message]);
});

it('needs a permission of its own', async () => {
  const { status, body } = await asker(() => service)('export');
  expect([status, body.error.message]).toEqual([
    403,
    'Unauthorized, missing permission audit.log.export',
  ]);
});

describe('an answer without chunks', () => {
  /** All that the service says to this. */
  const spoken = (head: string) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(service.url);
      let text = '';
      connect(Number(port), hostname)
        .setEncoding('utf8')
        .on('data', (piece: string) => (text += piece))
        .on('end', () => resolve(text))
        .on('error', reject)
        .write(
          `${head}\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\n\r\n`,
        );
    });
  const PATH = '/api/audit-log/v2/export';

  it('of HTTP/1.0 is whole, and has no trailers', async () => {
    const text = await spoken(`GET ${PATH} HTTP/1.0`);
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(text).not.toMatch(/^trailer:/im);
    expect(text).toMatch(/"complete":true\}\}\n$/);
  });

  it('of HEAD has the headers of GET', async () => {
    const text = await spoken(`HEAD ${PATH} HTTP/1.1`);
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(text).toMatch(/\r\nContent-Type: application\/x-ndjson/);
  });

  it('of a failure before the first event is the failure', async () => {
    await service.database.pool.query(
      'alter table audit.event rename to elsewhere',
    );
    try {
      const text = await spoken(`GET ${PATH} HTTP/1.1`);
      expect(text).toMatch(/^HTTP\/1\.1 500 /);
      expect(text).toMatch(/\r\nContent-Type: application\/json/);
      expect(text).not.toMatch(/attachment|trailer:/i);
    } finally {
      await service.database.pool.query(
        'alter table audit.elsewhere rename to event',
      );
    }
  });
});
