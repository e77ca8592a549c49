import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditEvent } from 'audit-event';
import { commitBatch, registerReceiver } from 'audit-event/store';
import { openConnection } from '../../collector-receiver/src/commit/connection';
import type { OpenConnection } from '../../collector-receiver/src/commit/connection';
import { anAuditEvent } from '../../test/src/audit-events';
import { createPlanter } from '../../test/src/planted-events';
import type { Planter } from '../../test/src/planted-events';
import { receivedOf } from '../../test/src/received';
import { asker } from './ask';
import { API_TOKEN, startTestService } from './service';
import type { TestService } from './service';

let service: TestService;
let planter: Planter;
const ask = asker(() => service);
beforeAll(async () => {
  service = await startTestService();
  planter = await createPlanter(service.database.url);
  await planter.plant([anAuditEvent()]);
});
afterAll(async () => {
  await planter.close();
  await service.close();
});

interface Page {
  data: { id: string }[];
  next_cursor: string;
  has_more: boolean;
}
const page = async (query: string): Promise<Page> =>
  (await ask(`tail?format=json&${query}`)).body;

/** Asks on from a cursor until so many events came. */
async function follow(
  cursor: string,
  wanted: number,
  query = '',
): Promise<{ ids: string[]; cursor: string }> {
  const ids: string[] = [];
  let at = cursor;
  while (ids.length < wanted) {
    const next = await page(`cursor=${at}&limit=3&${query}`);
    ids.push(...next.data.map(({ id }) => id));
    at = next.next_cursor;
    // Other databases of the test server hold back what is committed, as long as their transactions take.
    if (!next.has_more) await sleep(20);
  }
  return { ids, cursor: at };
}

/** What comes behind a cursor for a second, which should be nothing. No longer: tests beside this one may wait for its transaction. */
async function whatComes(cursor: string, query: string): Promise<string[]> {
  const ids: string[] = [];
  let at = cursor;
  for (const end = Date.now() + 1_000; Date.now() < end;) {
    const next = await page(`cursor=${at}&${query}`);
    ids.push(...next.data.map(({ id }) => id));
    at = next.next_cursor;
    await sleep(20);
  }
  return ids;
}

/**
 * Events of a plugin that nothing else is of: "now" is where the oldest transaction of the whole server began,
 * so what was committed just before comes as well, and so does what the service tells of this test's own reading.
 */
function ofOwnPlugin(pluginId: string) {
  return {
    query: `plugin_id=${pluginId}`,
    anEvent: () => anAuditEvent({ pluginId }),
  };
}

/** A receiver whose commit waits until it is told. */
async function slowCommit(db: OpenConnection, events: AuditEvent[]) {
  const receiverId = await registerReceiver(db, 'slow:1', '0.0.0');
  let release = () => {};
  let reached = () => {};
  const isReached = new Promise<void>((resolve) => (reached = resolve));
  const isReleased = new Promise<void>((resolve) => (release = resolve));
  const done = commitBatch(
    {
      copyIn: (statement, pieces) => db.copyIn(statement, pieces),
      async query(text, values) {
        if (text === 'commit') {
          reached();
          await isReleased;
        }
        return db.query(text, values);
      },
    },
    {
      requests: [receivedOf(events)],
      receiverId,
      receiverSeq: 1,
      recordedAt: new Date(),
    },
  );
  await isReached;
  return async () => {
    release();
    await done;
  };
}

it('shows what is committed, in order, and misses nothing that another receiver commits late', async () => {
  const { query, anEvent } = ofOwnPlugin('late');
  const { next_cursor } = await page(query);
  const db = await openConnection(service.database.url);
  const late = [anEvent(), anEvent()];
  const commit = await slowCommit(db, late);
  const early = Array.from({ length: 4 }, anEvent);
  await planter.plant(early);
  // The slow one began before: until it is decided, what came after it waits.
  expect(await whatComes(next_cursor, query)).toEqual([]);
  await commit();
  await db.end();
  const after = await follow(next_cursor, 6, query);
  expect(after.ids).toEqual([...late, ...early].map(({ id }) => id));
});

it('holds to the filters, whatever the time of the event, and its cursor moves on over others', async () => {
  const { next_cursor } = await page('status=failed');
  const wanted = anAuditEvent({ status: 'failed', time: 1_000_000_000n });
  await planter.plant([anAuditEvent(), wanted, anAuditEvent()]);
  const { ids, cursor } = await follow(next_cursor, 1, 'status=failed');
  expect(ids).toEqual([wanted.id]);
  await planter.plant([anAuditEvent()]);
  expect(await whatComes(cursor, 'status=failed')).toEqual([]);
});

it('can begin with what was recorded since a time', async () => {
  const since = new Date(Date.now() + 3_600_000);
  const { query, anEvent } = ofOwnPlugin('since');
  const event = anEvent();
  await planter.plant([event], since);
  const { next_cursor, data } = await page(
    `since=${since.toISOString()}&${query}`,
  );
  const { ids } = await follow(next_cursor, data.length > 0 ? 0 : 1, query);
  expect([...data.map(({ id }) => id), ...ids]).toEqual([event.id]);
});

it('refuses the cursor of another search', async () => {
  const { next_cursor } = await page('');
  const { status } = await ask(
    `tail?format=json&status=failed&cursor=${next_cursor}`,
  );
  expect(status).toBe(400);
});

/** Reads server-sent events until so many came; then the client goes. */
async function listen(
  query: string,
  wanted: number,
  headers: Record<string, string> = {},
  onOpen: () => void = () => {},
): Promise<{ ids: string[]; lastEventId: string }> {
  const gone = new AbortController();
  const answer = await fetch(`${service.url}/api/audit-log/v2/tail?${query}`, {
    headers: { authorization: `Bearer ${API_TOKEN}`, ...headers },
    signal: gone.signal,
  });
  expect(answer.headers.get('content-type')).toBe(
    'text/event-stream; charset=utf-8',
  );
  onOpen();
  const found = { ids: [] as string[], lastEventId: '' };
  let rest = '';
  for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) {
    const messages = (rest + piece).split('\n\n');
    rest = messages.pop()!;
    for (const message of messages) {
      found.lastEventId = /^id: (.*)$/m.exec(message)?.[1] ?? found.lastEventId;
      const data = /^data: (.*)$/m.exec(message)?.[1];
      if (data) found.ids.push(JSON.parse(data).id);
      if (found.ids.length === wanted) {
        gone.abort();
        return found;
      }
    }
  }
  return found;
}

it('sends events as they are committed, and goes on where a client was cut off', async () => {
  const { query, anEvent } = ofOwnPlugin('sent');
  const events = Array.from({ length: 5 }, anEvent);
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const first = listen(query, 2, {}, open);
  await opened;
  await planter.plant(events);
  const { ids, lastEventId } = await first;
  const { ids: others } = await listen(query, 3, {
    'last-event-id': lastEventId,
  });
  expect([...ids, ...others]).toEqual(events.map(({ id }) => id));
});

it('ends when the service stops', async () => {
  const other = await startTestService();
  const answer = await fetch(`${other.url}/api/audit-log/v2/tail`, {
    headers: { authorization: `Bearer ${API_TOKEN}` },
  });
  await other.close();
  expect(await answer.text()).toMatch(/^retry: 2000\nid: \S+\n\n/);
});

it.each(['sse', 'json'])(
  'answers HEAD of %s like GET, and ends',
  async (format) => {
    const init = { signal: AbortSignal.timeout(5_000) };
    const path = `tail?format=${format}`;
    const { status, headers, text } = await ask(path, {
      ...init,
      method: 'HEAD',
    });
    expect([status, text]).toEqual([200, '']);
    expect(headers.get('content-type')).toBe(
      format === 'sse'
        ? 'text/event-stream; charset=utf-8'
        : 'application/json; charset=utf-8',
    );
  },
);

describe('a tail ends with', () => {
  const SECRET = 'secret-of-the-tail';
  const CHANGES = [
    ['its token', `delete from audit.token where subject = 'tail'`],
    [
      'the secret',
      `update audit.token set secret_sha256 = sha256('x') where subject = 'tail'`,
    ],
    [
      'the time of its token',
      `update audit.token set expires_at = now() where subject = 'tail'`,
    ],
    [
      'the permission',
      `update audit.token set access_restrictions = '[{"plugin":"catalog"}]' where subject = 'tail'`,
    ],
  ] as const;

  it.each(CHANGES)('%s', async (_, change) => {
    const { pool } = service.database;
    await pool.query(
      `insert into audit.token (id, subject, secret_sha256, created_by)
       values (gen_random_uuid(), 'tail', sha256($1::text::bytea), 'test')`,
      [SECRET],
    );
    const url = `${service.url}/api/audit-log/v2/tail`;
    const open = () =>
      fetch(url, {
        headers: { authorization: `Bearer ${SECRET}` },
        signal: AbortSignal.timeout(10_000),
      });
    let answer = await open();
    for (; answer.status === 401; answer = await open()) await sleep(400);
    expect(answer.status).toBe(200);
    await pool.query(change);
    await expect(answer.text()).rejects.toThrow('terminated');
    expect([401, 403]).toContain((await open()).status);
    await pool.query(`delete from audit.token where subject = 'tail'`);
  });
});
