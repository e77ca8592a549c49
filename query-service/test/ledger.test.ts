import { randomUUID } from 'node:crypto';
import {
  commitBatch,
  ensureMonth,
  monthOf,
  registerReceiver,
} from 'audit-event/store';
import type { QuarantinedRecord } from 'audit-event/store';
import fc from 'fast-check';
import { anAuditEvent } from '../../test/src/audit-events';
import {
  createPlanter,
  eventsOf,
  numbers,
} from '../../test/src/planted-events';
import type { Planter } from '../../test/src/planted-events';
import { receivedOf } from '../../test/src/received';
import { API_TOKEN, startTestService } from './service';
import type { TestService } from './service';

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

const get = (path: string) =>
  service.request(`/api/audit-log/v2/${path}`, {
    headers: { authorization: `Bearer ${API_TOKEN}` },
  });
const record = (
  reason: string,
  text: string,
  encoding: 'json' | 'protobuf' = 'json',
): QuarantinedRecord => ({
  reason,
  detail: `it is ${reason}`,
  encoding,
  raw: Buffer.from(text),
});
/** Commits a batch of one event, and what is to be quarantined, by a receiver of its own. */
async function commit(quarantined: QuarantinedRecord[], receiverSeq = 1) {
  const events = [anAuditEvent()];
  await ensureMonth(planter.db, monthOf(Date.now() * 1_000)!);
  await commitBatch(planter.db, {
    requests: [
      receivedOf(events, { received: 1 + quarantined.length, quarantined }),
    ],
    receiverId: await registerReceiver(planter.db, 'other:1', '0.0.0'),
    receiverSeq,
    recordedAt: new Date(),
  });
}
const sums = (given: object) => ({
  received: 0,
  stored: 0,
  duplicate: 0,
  excluded: 0,
  quarantined: 0,
  ...given,
});

describe('the ledger', () => {
  it('says what became of all that was received, per day and receiver', async () => {
    const events = eventsOf(randomUUID(), numbers(0, 4));
    await planter.plant(events);
    await planter.plant(events);
    await planter.plantExcluded(eventsOf(randomUUID(), [0, 1]));
    await planter.plant(
      eventsOf(randomUUID(), [0]),
      new Date(Date.now() - 3 * 24 * 3_600_000),
    );
    await commit([record('malformed', '{}')]);
    const { status, body } = await get('ledger?compare=true');
    expect(status).toBe(200);
    // The service's own events are in it: that somebody reads the ledger was recorded before he saw it.
    const total = sums({
      batches: 6,
      received: 16,
      stored: 8,
      duplicate: 5,
      excluded: 2,
      quarantined: 1,
    });
    expect(body).toMatchObject({
      adds_up: true,
      total,
      gaps: [],
      differences: [],
    });
    expect(body.days).toHaveLength(2);
    expect(body.days[0]).toEqual({
      ...sums({ received: 1, stored: 1 }),
      day: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
      batches: 1,
    });
    const instances = body.receivers.map(
      ({ instance }: { instance: string }) => instance.split(' ')[0],
    );
    expect(instances.toSorted()).toEqual([
      'other:1',
      'query-service',
      'test:1',
    ]);
  });

  it('counts the days asked for alone', async () => {
    await planter.plant(eventsOf(randomUUID(), [0]), new Date('2026-01-15'));
    const { body } = await get(
      'ledger?start_time=2026-01-01T00:00:00Z&end_time=2026-02-01T00:00:00Z',
    );
    expect(body).toMatchObject({
      from: '2026-01-01T00:00:00.000Z',
      total: { batches: 1, stored: 1 },
      days: [{ day: '2026-01-15' }],
    });
    expect(body.differences).toBeUndefined();
  });

  it('names the receiver of whose batches some are missing', async () => {
    await commit([], 3);
    expect((await get('ledger')).body).toMatchObject({
      adds_up: false,
      gaps: [{ instance: 'other:1', batches: 1, highest_batch: 3 }],
    });
  });

  it.each([
    ['events', `delete from audit.event where plugin_id = 'catalog'`, 1, 0],
    ['quarantine', `delete from audit.quarantine`, 1, 0],
    [
      'exclusions',
      `insert into audit.exclusion_count select id, 1, gen_random_uuid(), 7 from audit.receiver where instance = 'other:1'`,
      0,
      7,
    ],
  ])('finds %s that are not as it says', async (what, harm, counted, found) => {
    await commit([record('malformed', '{}')]);
    expect((await get('ledger?compare=true')).body.differences).toEqual([]);
    await service.database.pool.query(harm);
    const { body } = await get('ledger?compare=true');
    expect(body.adds_up).toBe(false);
    expect(body.differences).toEqual([
      {
        receiver_id: expect.any(Number),
        receiver_seq: '1',
        recorded_at: expect.any(String),
        what,
        counted,
        found,
      },
    ]);
  });

  it('finds events of a batch that the ledger does not have', async () => {
    await commit([]);
    await service.database.pool.query(
      `delete from audit.batch using audit.receiver where receiver_id = receiver.id and instance = 'other:1'`,
    );
    expect((await get('ledger?compare=true')).body.differences).toMatchObject([
      { what: 'events', counted: 0, found: 1 },
    ]);
  });
});

describe('quarantine', () => {
  it('lists records with the reason, page by page', async () => {
    await commit([record('malformed', '{}'), record('malformed', '[]')]);
    await commit([record('id-conflict', '\0\u00ff', 'protobuf')]);
    const all = (await get('quarantine')).body;
    expect(all.reasons).toEqual([
      { reason: 'malformed', count: 2 },
      { reason: 'id-conflict', count: 1 },
    ]);
    expect(all.data).toHaveLength(3);
    expect(all.data[0]).toEqual({
      id: expect.any(String),
      recorded_at: expect.stringMatching(/^20.*\.\d{6}Z$/),
      reason: 'id-conflict',
      detail: 'it is id-conflict',
      encoding: 'protobuf',
      size: 3,
      receiver_id: expect.any(Number),
      receiver_seq: '1',
    });
    expect(all.next_cursor).toBeNull();

    const pages = [];
    let path = 'quarantine?limit=1';
    for (let cursor = ''; cursor !== null;) {
      const { body } = await get(`${path}&cursor=${cursor}`);
      pages.push(...body.data);
      cursor = body.next_cursor;
    }
    expect(pages).toEqual(all.data);
    path = 'quarantine?reason=malformed,other';
    expect((await get(path)).body.data).toHaveLength(2);
  });

  it('has the bytes of a record as they came', async () => {
    const text = '\0{"a":"\u00ff"}';
    await commit([record('malformed', text)]);
    const { id } = (await get('quarantine')).body.data[0];
    const { body } = await get(`quarantine/${id}`);
    expect(body).toMatchObject({ id, reason: 'malformed' });
    expect(Buffer.from(body.raw, 'base64').toString()).toBe(text);
    const raw = await fetch(
      `${service.url}/api/audit-log/v2/quarantine/${id}/raw`,
      { headers: { authorization: `Bearer ${API_TOKEN}` } },
    );
    expect(Buffer.from(await raw.arrayBuffer()).toString()).toBe(text);
    expect(raw.headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="?${id}\\.json"?$`),
    );
    expect(raw.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await get(`quarantine/${randomUUID()}`)).status).toBe(404);
  });
});

it.each([
  [
    'ledger?limit=1',
    /^expected no parameters but start_time, end_time, compare, /,
  ],
  ['ledger?compare=yes', 'compare must be one of true, false, got "yes"'],
  [
    'ledger?start_time=2027-01-01T00:00:00Z&end_time=2026-01-01T00:00:00Z',
    /^start_time must be before end_time, got 2027-01-01T00:00:00.000Z and 2026-01-01T00:00:00.000Z; not given they are /,
  ],
  [
    'quarantine?cursor=a',
    'cursor must be one that this API gave for the same filters, order and token; begin without a cursor',
  ],
  [
    'quarantine?cursor=2026-01-01T00:00:00.000Z_a',
    'cursor must be one that this API gave for the same filters, order and token; begin without a cursor',
  ],
  ['quarantine/a', 'the id in the path must be a UUID'],
])('refuses %s', async (path, message) => {
  const { status, body } = await get(path);
  expect(status).toBe(400);
  expect(body.error.message).toEqual(
    typeof message === 'string' ? message : expect.stringMatching(message),
  );
});

it.each(['ledger', 'quarantine', 'quarantine/a', 'quarantine/a/raw'])(
  '%s needs a token',
  async (path) => {
    const answer = await service.request(`/api/audit-log/v2/${path}`);
    expect(answer.status).toBe(401);
  },
);

it('any parameter at all: refused with a sentence or answered, never a fault', async () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '2026-01-01T00:00:00Z',
      '9999-12-31T23:59:59.999999999Z',
      `2026-01-01T00:00:00.000001Z_${randomUUID()}`,
      `2026-01-01T00:00:00Z_`,
      '\0',
    ),
  );
  const name = fc.constantFrom(
    'start_time',
    'end_time',
    'compare',
    'reason',
    'limit',
    'cursor',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('ledger', 'quarantine'),
      fc.array(fc.tuple(name, value), { maxLength: 3 }),
      async (path, pairs) => {
        const query = new URLSearchParams(
          pairs.map(([key, text]): [string, string] => [
            key,
            text.toWellFormed(),
          ]),
        );
        const { status } = await get(`${path}?${query.toString()}`);
        expect([200, 400]).toContain(status);
      },
    ),
    { numRuns: 200 },
  );
});
