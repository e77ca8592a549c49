import { randomUUID } from 'node:crypto';
import {
  createPlanter,
  eventsOf,
  numbers,
  streamRecord,
} from '../../test/src/planted-events';
import type { Planter } from '../../test/src/planted-events';
import { API_TOKEN, startTestService } from './service';
import type { Answer, TestService } from './service';

const HOUR_MS = 60 * 60 * 1_000;

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
const stream = async (id: string, query = '') =>
  (await get(`streams/${id}${query}`)).body;

it('tells of a stream that ended and came whole where it came from and when', async () => {
  const id = randomUUID();
  await planter.plant([
    streamRecord(id, 0, 'stream-start'),
    ...eventsOf(id, numbers(1, 8)),
    streamRecord(id, 9, 'stream-end'),
  ]);
  await planter.fold();
  const { status, body } = await get('streams');
  expect(status).toBe(200);
  expect(body).toEqual({
    data: [
      {
        id,
        state: 'complete',
        service_name: 'shop',
        service_instance_id: 'shop-1',
        host_name: 'node-7',
        first_event_time: expect.stringMatching(/^20.*Z$/),
        last_event_time: expect.stringMatching(/^20.*Z$/),
        last_recorded_at: expect.stringMatching(/^20.*Z$/),
        ended: true,
        contiguous_sequence: 9,
        highest_sequence: 9,
        missing_count: 0,
        undeclared_count: 0,
        missing_since: null,
        missing: [],
        declared_gaps: [],
        duplicate_count: 0,
        duplicates: [],
        previous_stream_id: null,
        next_stream_id: null,
      },
    ],
    next_cursor: null,
  });
});

it('lists missing sequences, until they come', async () => {
  const id = randomUUID();
  const late = eventsOf(id, [3]);
  await planter.plant(eventsOf(id, [...numbers(0, 2), 4, ...numbers(8, 9)]));
  await planter.fold();
  expect(await stream(id)).toMatchObject({
    state: 'incomplete',
    contiguous_sequence: 2,
    highest_sequence: 9,
    missing_count: 4,
    undeclared_count: 4,
    missing: [
      [3, 3],
      [5, 7],
    ],
    missing_since: expect.any(String),
  });
  await planter.plant(late);
  await planter.fold();
  expect(await stream(id)).toMatchObject({
    contiguous_sequence: 4,
    missing: [[5, 7]],
  });
  await planter.plant(eventsOf(id, numbers(5, 7)));
  await planter.fold();
  expect(await stream(id)).toMatchObject({
    state: 'live',
    missing: [],
    missing_since: null,
  });
});

it('calls a beginning that never came missing', async () => {
  const id = randomUUID();
  await planter.plant(eventsOf(id, numbers(5, 6)));
  await planter.fold();
  expect(await stream(id)).toMatchObject({
    state: 'incomplete',
    contiguous_sequence: null,
    missing: [[0, 4]],
  });
});

it('counts what is kept out by rules as arrived', async () => {
  const id = randomUUID();
  await planter.plant(eventsOf(id, [0, 2]));
  await planter.plantExcluded(eventsOf(id, [1]));
  await planter.fold();
  expect(await stream(id)).toMatchObject({ state: 'live', missing: [] });
});

it('lists what the emitter declared lost, and tells it from what nobody declared', async () => {
  const id = randomUUID();
  const gap = streamRecord(id, 10, 'stream-gap', {
    fromSequence: 2,
    toSequence: 7,
    ranges: [
      [2, 3],
      [6, 7],
    ],
    dropped: { low: 4 },
    reason: 'the spool is full',
  });
  await planter.plant([...eventsOf(id, [0, 1, 4, 5, 8, 9]), gap]);
  await planter.fold();
  expect(await stream(id)).toMatchObject({
    state: 'gap-declared',
    missing_count: 4,
    undeclared_count: 0,
    missing_since: null,
    declared_gaps: [
      {
        id: gap.id,
        ranges: [
          [2, 3],
          [6, 7],
        ],
        dropped: { low: 4 },
        reason: 'the spool is full',
      },
    ],
  });
  await planter.plant(eventsOf(id, [12]));
  await planter.fold();
  expect(await stream(id)).toMatchObject({
    state: 'incomplete',
    missing_count: 5,
    undeclared_count: 1,
  });
});

it('takes a gap that the next process declares for the end of the stream before it', async () => {
  const [id, next] = [randomUUID(), randomUUID()];
  await planter.plant(eventsOf(id, numbers(0, 4)));
  await planter.plant([
    streamRecord(next, 0, 'stream-start', { previousStreamId: id }),
    streamRecord(next, 1, 'stream-gap', {
      streamId: id,
      fromSequence: 5,
      toSequence: 6,
      reason: 'corrupt segment',
    }),
  ]);
  await planter.fold();
  expect(await stream(id)).toMatchObject({
    state: 'gap-declared',
    highest_sequence: 4,
    missing: [[5, 6]],
    next_stream_id: next,
  });
  expect(await stream(next)).toMatchObject({
    state: 'live',
    previous_stream_id: id,
    declared_gaps: [],
  });
});

it('reports a stream of which only the next one speaks as lost', async () => {
  const [lost, next] = [randomUUID(), randomUUID()];
  await planter.plant([
    streamRecord(next, 0, 'stream-start', { previousStreamId: lost }),
  ]);
  await planter.fold();
  const { body } = await get('streams?state=lost');
  expect(body.data).toMatchObject([
    {
      id: lost,
      state: 'lost',
      highest_sequence: null,
      last_recorded_at: null,
      next_stream_id: next,
    },
  ]);
  await planter.plant(eventsOf(lost, [0]));
  await planter.fold();
  expect(await stream(lost)).toMatchObject({ state: 'live' });
});

it('reports a sequence that came under two ids as duplicate, and one that was only sent again as none', async () => {
  const [sentAgain, twice, together] = [
    randomUUID(),
    randomUUID(),
    randomUUID(),
  ];
  const events = eventsOf(sentAgain, numbers(0, 4));
  await planter.plant(events);
  await planter.plant(eventsOf(twice, numbers(0, 4)));
  await planter.fold();
  await planter.plant(events);
  const others = eventsOf(twice, [3, 4, 5]);
  await planter.plant(others);
  const both = eventsOf(together, [0, 1, 1]);
  await planter.plant(both);
  await planter.plant(both);
  await planter.fold();
  expect(await stream(sentAgain)).toMatchObject({
    state: 'live',
    duplicate_count: 0,
    duplicates: [],
  });
  expect(await stream(twice)).toMatchObject({
    state: 'live',
    duplicate_count: 2,
    duplicates: [
      { sequence: 3, id: others[0]!.id },
      { sequence: 4, id: others[1]!.id },
    ],
  });
  expect(await stream(together)).toMatchObject({
    duplicate_count: 1,
    duplicates: [
      { sequence: 1, id: expect.any(String) },
      { sequence: 1, id: expect.any(String) },
    ],
  });
});

it('calls a stream silent that was not heard from for longer than silent_after', async () => {
  const [quiet, ended] = [randomUUID(), randomUUID()];
  const hourAgo = new Date(Date.now() - HOUR_MS);
  await planter.plant(eventsOf(quiet, [0]), hourAgo);
  await planter.plant([streamRecord(ended, 0, 'stream-end')], hourAgo);
  await planter.fold();
  expect((await stream(quiet)).state).toBe('silent');
  expect((await stream(quiet, '?silent_after=7200')).state).toBe('live');
  expect((await stream(ended)).state).toBe('complete');
});
