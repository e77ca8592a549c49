import { checkPayload } from '../kit/check-payload';
import { jsonRequestOf, nestedJsonList } from '../kit/otlp-json';
import { postOf, postRequest, requestOfRecords } from '../kit/otlp-request';
import type { EncodingName } from '../kit/otlp-request';
import { field, fixed64, nestedList } from '../kit/protobuf-bytes';
import { receiverOnPostgres } from '../kit/receiver-on-postgres';
import type { ReceiverOnPostgres } from '../kit/receiver-on-postgres';

let receiver: ReceiverOnPostgres;
beforeAll(async () => {
  receiver = await receiverOnPostgres();
});
afterAll(() => receiver.stop());

const attribute = (key: string, value: string) => ({
  key,
  value: { stringValue: value },
});
describe.each<EncodingName>(['protobuf', 'json'])(
  'OTLP requests, %s',
  (encoding) => {
    const foreign = {
      resourceLogs: [
        {
          resource: { attributes: [attribute('service.name', 'shop')] },
          scopeLogs: [
            {
              logRecords: [
                {
                  eventName: 'sold',
                  timeUnixNano: '1',
                  attributes: [attribute('color', 'blue')],
                },
              ],
            },
          ],
        },
      ],
    };

    it('53 no uid, no audit.*: an id from the content, plugin = service.name, event = event_name', async () => {
      const expected = {
        events: [
          { pluginId: 'shop', eventId: 'sold', meta: { color: 'blue' } },
        ],
      };
      const ids = new Set<string>();
      for (let i = 0; i < 2; i++) {
        const { events } = await checkPayload(
          receiver,
          encoding,
          postRequest(encoding, foreign),
          expected,
        );
        ids.add(events[0]!.id);
      }
      expect(ids.size).toBe(1);
    });

    it('53 or quarantined, by setting', async () => {
      const strict = await receiverOnPostgres({ foreignRecords: 'quarantine' });
      try {
        await checkPayload(strict, encoding, postRequest(encoding, foreign), {
          quarantined: ['foreign-record'],
        });
      } finally {
        await strict.stop();
      }
    });

    it('54 10,000 records, one bad: 9,999 rows and one in quarantine', async () => {
      const times = Array.from({ length: 10_000 }, (_, i) => BigInt(i + 1));
      const bad = 5000n;
      const request =
        encoding === 'json'
          ? jsonRequestOf(
              ...times.map((time) =>
                time === bad
                  ? `{"body":${nestedJsonList(65)}}`
                  : `{"timeUnixNano":"${time}"}`,
              ),
            )
          : field(
              1,
              field(
                2,
                ...times.map((time) =>
                  field(
                    2,
                    time === bad ? field(5, nestedList(65)) : fixed64(1, time),
                  ),
                ),
              ),
            );
      const { events } = await checkPayload(
        receiver,
        encoding,
        postOf(encoding, request),
        {
          events: Array<object>(9999).fill({}),
          quarantined: ['too-deep'],
        },
      );
      expect(events.map(({ time }) => time)).toEqual(
        times.filter((time) => time !== bad),
      );
    });

    it('55 excluded by a rule: 200, counted per rule', async () => {
      const noise = {
        attributes: [
          attribute('audit.actor.id', 'plugin:search'),
          attribute('audit.event.id', 'entity-fetch'),
        ],
      };
      const answer = await receiver.send(
        postRequest(
          encoding,
          requestOfRecords(noise, { eventName: 'sold' }, noise),
        ),
      );
      expect(answer.status).toBe(200);
      const { rows } = await receiver.database.pool.query(
        `select rule_id, sum(excluded)::integer as excluded from audit.exclusion_count group by 1`,
      );
      expect(rows).toEqual([
        { rule_id: '00000000-0000-8000-8000-000000000001', excluded: 2 },
      ]);
      const { events, ledger } = await receiver.take();
      expect(events).toMatchObject([{ eventId: 'sold' }]);
      expect(ledger).toMatchObject({ received: 3, stored: 1, excluded: 2 });
    });
  },
);
