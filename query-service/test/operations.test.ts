import { randomUUID } from 'node:crypto';
import { uuidv7 } from 'audit-event';
import type { AuditEvent, Status } from 'audit-event';
import { anAuditEvent } from '../../test/src/audit-events';
import { createPlanter } from '../../test/src/planted-events';
import type { Planter } from '../../test/src/planted-events';
import { API_TOKEN, startTestService } from './service';
import type { TestService } from './service';

let service: TestService;
let planter: Planter;
beforeAll(async () => {
  service = await startTestService();
  planter = await createPlanter(service.database.url);
});
afterAll(async () => {
  await planter.close();
  await service.close();
});

const get = (path: string) =>
  service.request(`/api/audit-log/v2/operations/${path}`, {
    headers: { authorization: `Bearer ${API_TOKEN}` },
  });

/** Records a millisecond apart. */
function recordsOf(
  operationId: string,
  statuses: Status[],
  beganMs = Date.now(),
): AuditEvent[] {
  return statuses.map((status, i) =>
    anAuditEvent({
      operationId,
      status,
      time: BigInt(beganMs + i) * 1_000_000n,
    }),
  );
}

it.each<[string, Status[]]>([
  ['pending', ['initiated']],
  ['succeeded', ['initiated', 'succeeded']],
  ['failed', ['initiated', 'failed']],
  ['failed', ['initiated', 'succeeded', 'failed']],
  ['failed', ['initiated', 'failed', 'succeeded']],
  ['succeeded', ['succeeded']],
])('is %s after %j', async (outcome, statuses) => {
  const id = uuidv7();
  const records = recordsOf(id, statuses);
  await planter.plant(records.toReversed());
  const { status, body } = await get(id);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    id,
    outcome,
    marked_at: null,
    total: statuses.length,
    records: records.map((record) => ({
      id: record.id,
      status: record.status,
      plugin_id: 'catalog',
    })),
  });
});

it('is unfinished once its time limit is over, and what it came to when that comes after all', async () => {
  const id = uuidv7();
  const [begun, done] = recordsOf(id, ['initiated', 'succeeded']) as [
    AuditEvent,
    AuditEvent,
  ];
  await planter.plant([begun]);
  await planter.sweep(0);
  await planter.sweep(0);
  const { body } = await get(id);
  expect(body).toMatchObject({
    outcome: 'unfinished',
    marked_at: expect.any(String),
  });
  const unfinished = async () => {
    const found = await service.request(
      `/api/audit-log/v2/events?operation_outcome=unfinished&operation_id=${id}`,
      { headers: { authorization: `Bearer ${API_TOKEN}` } },
    );
    return found.body.data.map((event: { id: string }) => event.id);
  };
  expect(await unfinished()).toEqual([begun.id]);
  await planter.plant([done]);
  expect((await get(id)).body).toMatchObject({
    outcome: 'succeeded',
    marked_at: body.marked_at,
  });
  await planter.sweep(0);
  expect(await unfinished()).toEqual([]);
});

it('finds an operation of a foreign id by the time given', async () => {
  const id = randomUUID();
  const records = recordsOf(
    id,
    ['initiated', 'failed'],
    Date.parse('2026-01-15T10:30:00Z'),
  );
  await planter.plant(records);
  const found = await get(
    `${id}?start_time=2026-01-15T10:30:00Z&end_time=2026-01-15T11:00:00Z`,
  );
  expect(found.body).toMatchObject({ outcome: 'failed', total: 2 });
  const elsewhere = await get(`${id}?start_time=2026-01-16T10:30:00Z`);
  expect([elsewhere.status, elsewhere.body.error.message]).toEqual([
    404,
    `There is no record of operation ${id} from 2026-01-16T10:30:00.000Z to 2026-01-16T11:30:00.000Z`,
  ]);
});

it.each([
  [
    '6f1c24e2-8b3f-4a57-9d52-5f0a6b1c2d3e',
    'start_time must be given for an id that is no version 7 UUID, which would say when it was made',
  ],
  [
    'x?start_time=2026-01-15T10:30:00Z&end_time=2026-01-15T10:30:00Z',
    'start_time must be before end_time, got 2026-01-15T10:30:00.000Z and 2026-01-15T10:30:00.000Z; not given they are 2026-01-15T10:30:00.000Z and 2026-01-15T11:30:00.000Z',
  ],
  [
    'x?start_time=yesterday',
    'start_time must be a time in ISO 8601, in UTC and ending in Z, such as 2026-01-31T23:59:59Z, got "yesterday"',
  ],
  ['x'.repeat(300), 'the id in the path must be at most 256 characters long'],
])('GET %s is 400', async (path, message) => {
  const { status, body } = await get(path);
  expect([status, body.error.message]).toEqual([400, message]);
});

it('needs a token that may read', async () => {
  const { status } = await service.request(
    `/api/audit-log/v2/operations/${uuidv7()}`,
  );
  expect(status).toBe(401);
});
