import type { AuditEvent } from 'audit-event';
import fc from 'fast-check';
import { anAuditEvent } from '../../test/src/audit-events';
import { createPlanter } from '../../test/src/planted-events';
import type { Planter } from '../../test/src/planted-events';
import { asker } from './ask';
import { startTestService } from './service';
import type { TestService } from './service';

let service: TestService;
let planter: Planter;
const ask = asker(() => service);
beforeAll(async () => {
  service = await startTestService();
  planter = await createPlanter(service.database.url);
});
afterAll(async () => {
  await planter.close();
  await service.close();
});
beforeEach(async () => {
  await service.database.pool.query(`truncate audit.event, audit.event_count`);
});

const START = BigInt(Date.parse('2026-01-15T10:00:00Z')) * 1_000_000n;
const RANGE = 'start_time=2026-01-01T00:00:00Z&end_time=2026-01-31T23:59:59Z';

/** Reads all pages of a query. */
async function walk(query: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  do {
    const { body } = await ask(`events?${RANGE}&${query}&cursor=${cursor}`);
    ids.push(...body.data.map(({ id }: { id: string }) => id));
    cursor = body.next_cursor;
  } while (cursor);
  return ids;
}

it('shows every event once, in order, whatever times coincide and however long pages are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(5), fc.boolean()), {
        minLength: 1,
        maxLength: 30,
      }),
      fc.integer({ min: 1, max: 7 }),
      async (places, limit) => {
        await service.database.pool.query(
          `truncate audit.event, audit.event_count`,
        );
        const events = places.map(([microsecond, isFailed]) =>
          anAuditEvent({
            time: START + BigInt(microsecond) * 1_000n,
            status: isFailed ? 'failed' : 'succeeded',
          }),
        );
        await planter.plant(events);
        const inOrder = events
          .toSorted((a, b) => Number(a.time - b.time) || (a.id < b.id ? -1 : 1))
          .map(({ id }) => id);
        expect(await walk(`limit=${limit}&order=oldest`)).toEqual(inOrder);
        expect(await walk(`limit=${limit}`)).toEqual(inOrder.toReversed());
        const failed = events.filter(({ status }) => status === 'failed');
        expect((await walk(`limit=${limit}&status=failed`)).toSorted()).toEqual(
          failed.map(({ id }) => id).toSorted(),
        );
      },
    ),
    { numRuns: 25 },
  );
});

describe('a cursor', () => {
  const plantSome = (count: number, fields: Partial<AuditEvent> = {}) =>
    planter.plant(
      Array.from({ length: count }, (_, i) =>
        anAuditEvent({ time: START + BigInt(i) * 1_000_000n, ...fields }),
      ),
    );
  const cursorOf = async (query: string) =>
    (await ask(`events?${query}`)).body.next_cursor as string;

  it('is refused when any character of it was changed, or it is given for other filters, another order or token', async () => {
    await plantSome(3);
    const cursor = await cursorOf(`${RANGE}&limit=1`);
    const asked = async (query: string, init?: RequestInit) =>
      (await ask(`events?${query}`, init)).status;
    expect(await asked(`${RANGE}&limit=2&cursor=${cursor}`)).toBe(200);
    for (let i = 0; i < cursor.length; i++) {
      const other = cursor[i] === 'A' ? 'B' : 'A';
      const changed = cursor.slice(0, i) + other + cursor.slice(i + 1);
      expect(await asked(`${RANGE}&limit=1&cursor=${changed}`)).toBe(400);
    }
    for (const query of [
      'limit=1',
      `${RANGE}&status=failed`,
      `${RANGE}&status!=failed`,
      `${RANGE}&order=oldest`,
      `${RANGE}&q=x`,
    ])
      expect(await asked(`${query}&cursor=${cursor}`)).toBe(400);
    await service.database.pool.query(
      `insert into audit.token (id, subject, secret_sha256, created_by)
       values (gen_random_uuid(), 'other', sha256('another-secret'), 'test')`,
    );
    const authorization = 'Bearer another-secret';
    for (
      let i = 0;
      i < 50 && (await asked(RANGE, { headers: { authorization } })) === 401;
      i++
    )
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(
      await asked(`${RANGE}&limit=1&cursor=${cursor}`, {
        headers: { authorization },
      }),
    ).toBe(400);
  });

  it('goes on in the range of the first page, though now is later', async () => {
    const now = BigInt(Date.now()) * 1_000_000n;
    await plantSome(2, { time: now - 1_000_000_000n });
    const cursor = await cursorOf('limit=1&order=oldest');
    await planter.plant([anAuditEvent({ time: now + 60_000_000_000n })]);
    const { body } = await ask(`events?limit=10&order=oldest&cursor=${cursor}`);
    expect(body.data).toHaveLength(1);
  });
});

it.each([
  ['', { value: 30, is_exact: true }],
  ['status!=failed&has=plugin_id', { value: 30, is_exact: true }],
  ['actor_id=user:default/*', { value: 30, is_exact: true }],
  ['q=nobody', { value: 0, is_exact: true }],
])('counts what %s finds', async (query, total) => {
  // Over three hours, so that counts are used between the ends.
  await planter.plant(
    Array.from({ length: 30 }, (_, i) =>
      anAuditEvent({ time: START + BigInt(i) * 300_000_000_000n }),
    ),
  );
  expect((await ask(`total?${RANGE}&${query}`)).body).toEqual(total);
});
