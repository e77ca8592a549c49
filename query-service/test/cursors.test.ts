import fc from 'fast-check';
import { asker } from './ask';
import { plantAllKinds } from './kit/plant-all-kinds';
import { ADMIN_TOKEN, startTestService } from './service';
import type { TestService } from './service';

const REFUSAL =
  'cursor must be one that this API gave for the same filters, order and token; begin without a cursor';

let service: TestService;
const ask = asker(() => service);
beforeAll(async () => {
  service = await startTestService();
  await plantAllKinds(service.database.url);
});
afterAll(() => service.close());

describe.each([
  ['events?limit=1', 'status!=failed'],
  ['tail?format=json&since=2020-01-01T00:00:00Z&limit=1', 'status!=failed'],
  ['streams?limit=1', 'service_name=shop'],
  ['quarantine?limit=1', 'reason=malformed'],
])('a cursor of %s', (path, filter) => {
  let cursor: string;
  beforeAll(async () => {
    cursor = (await ask(path)).body.next_cursor;
  });
  const withCursor = (text: string) =>
    `${path}&cursor=${encodeURIComponent(text)}`;

  it('leads to the next page, which is another one', async () => {
    const first = await ask(path);
    const next = await ask(withCursor(cursor));
    expect([first.status, next.status]).toEqual([200, 200]);
    expect(next.body.data).toHaveLength(1);
    expect(next.body.data).not.toEqual(first.body.data);
  });

  it('is refused with any byte changed', async () => {
    const changed = fc
      .tuple(fc.nat(cursor.length - 1), fc.integer({ min: 1, max: 127 }))
      .map(([at, bits]) => {
        const bytes = Buffer.from(cursor, 'latin1');
        bytes[at]! ^= bits;
        return bytes.toString('latin1');
      });
    await fc.assert(
      fc.asyncProperty(changed, async (text) => {
        const { status, body } = await ask(withCursor(text));
        expect([status, body.error.message]).toEqual([
          400,
          // This one is refused before anybody looks at what is asked.
          text.includes('\0')
            ? 'cursor must not contain the character U+0000'
            : REFUSAL,
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['other filters', (of: string) => `${of}&${filter}`, {}],
    [
      'another token',
      (of: string) => of,
      { authorization: `Bearer ${ADMIN_TOKEN}` },
    ],
  ])('is refused with %s', async (_, change, headers) => {
    const answer = await ask(change(withCursor(cursor)), { headers });
    expect([answer.status, answer.body.error?.message]).toEqual([400, REFUSAL]);
  });
});

it('after_time and after_id of an export may be any event, and nothing else', async () => {
  const { id, event_time } = (await ask('events?limit=1')).body.data[0];
  const asked = (afterId: string, afterTime: string) =>
    service.admin(
      'GET',
      `/v2/export?${new URLSearchParams({ after_id: afterId, after_time: afterTime }).toString()}`,
    );
  expect((await asked(id, event_time)).status).toBe(200);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.uuid(), fc.string({ unit: 'binary', minLength: 1 })),
      fc
        .date({
          min: new Date('2020-01-01'),
          max: new Date('2040-01-01'),
          noInvalidDate: true,
        })
        .map((date) => date.toISOString()),
      async (anyId, anyTime) => {
        expect((await asked(anyId.toWellFormed(), event_time)).status).toBe(
          400,
        );
        expect((await asked(id, anyTime)).status).toBe(400);
      },
    ),
    { numRuns: 30 },
  );
});
