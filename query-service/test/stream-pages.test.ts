import { randomUUID } from 'node:crypto';
import { createPlanter, eventsOf } from '../../test/src/planted-events';
import type { Planter } from '../../test/src/planted-events';
import { API_TOKEN, startTestService } from './service';
import type { Answer, TestService } from './service';

let service: TestService;
let planter: Planter;
beforeEach(async () => {
  service = await startTestService();
  planter = await createPlanter(service.database.url);
});
afterEach(async () => {
  await planter.close();
  await service.close();
});

const get = (path: string): Promise<Answer> =>
  service.request(`/api/audit-log/v2/${path}`, {
    headers: { authorization: `Bearer ${API_TOKEN}` },
  });

it('filters by state and service, and pages without passing over any while streams go on', async () => {
  const ids = [];
  for (let i = 0; i < 5; i++) {
    ids.unshift(randomUUID());
    await planter.plant(eventsOf(ids[0]!, i === 2 ? [1] : [0]));
    await planter.fold();
  }
  const first = (await get('streams?limit=2')).body;
  await planter.plant(eventsOf(ids[4]!, [1]));
  await planter.fold();
  const second = (await get(`streams?limit=2&cursor=${first.next_cursor}`))
    .body;
  const third = (await get(`streams?limit=2&cursor=${second.next_cursor}`))
    .body;
  const seen = [first, second, third].flatMap(({ data }) => data);
  expect(seen.map(({ id }: { id: string }) => id)).toEqual(ids);
  expect(third.next_cursor).toBeNull();
  const incomplete = (await get('streams?state=lost,incomplete')).body.data;
  expect(incomplete.map(({ id }: { id: string }) => id)).toEqual([ids[2]]);
  expect((await get('streams?service_name=shop')).body.data).toHaveLength(5);
  expect((await get('streams?service_name=other')).body.data).toEqual([]);
});

it.each([
  [
    'streams?state=gone',
    400,
    'state must be one of lost, incomplete, silent, gap-declared, complete, live, got "gone"',
  ],
  [
    'streams?silent_after=0',
    400,
    'silent_after must be a whole number from 1 to 31536000, got "0"',
  ],
  [
    'streams?cursor=x',
    400,
    'cursor must be one that this API gave for the same filters, order and token; begin without a cursor',
  ],
  [
    'streams?silentAfter=1',
    400,
    'expected no parameters but state, service_name, silent_after, limit, cursor, got "silentAfter"',
  ],
  [
    'streams/00000000-0000-4000-8000-000000000009',
    404,
    'There is no stream 00000000-0000-4000-8000-000000000009',
  ],
])('GET %s is %i', async (path, expected, message) => {
  const { status, body } = await get(path);
  expect([status, body.error.message]).toEqual([expected, message]);
});

it('needs a token that may read', async () => {
  for (const path of ['streams', `streams/${randomUUID()}`])
    expect((await service.request(`/api/audit-log/v2/${path}`)).status).toBe(
      401,
    );
});
