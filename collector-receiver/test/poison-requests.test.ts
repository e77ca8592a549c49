import { cut, original } from './kit/cut';
import { postRequest, requestOfRecords } from './kit/otlp-request';
import type { EncodingName } from './kit/otlp-request';
import { receiverOnPostgres } from './kit/receiver-on-postgres';
import type { ReceiverOnPostgres } from './kit/receiver-on-postgres';

let receiver: ReceiverOnPostgres;
beforeAll(async () => {
  receiver = await receiverOnPostgres();
});
afterAll(() => receiver.stop());

const a = (count: number) => 'a'.repeat(count);
const truncated = { flags: ['truncated'] };

describe.each<EncodingName>(['protobuf', 'json'])(
  'poison of a whole request, %s',
  (encoding) => {
    it('P9 values of 256 KiB and more together: the largest are cut', async () => {
      const attributes = ['a', 'b', 'c', 'd', 'e'].map((key) => ({
        key,
        value: { stringValue: key.repeat(60_000) },
      }));
      const answer = await receiver.send(
        postRequest(
          encoding,
          requestOfRecords({ timeUnixNano: '1', attributes }),
        ),
      );
      expect(answer.status).toBe(200);
      const [event] = (await receiver.take()).events;
      expect(event!.flags).toEqual(['truncated']);
      expect(JSON.stringify(event!.meta).length).toBeLessThan(262_144);
      expect(
        Object.entries(event!.meta).filter(
          ([key, value]) => value === key.repeat(60_000),
        ),
      ).toHaveLength(4);
    });

    it('P9 a resource over the caps is cut, and its records are flagged', async () => {
      const big = { stringValue: a(3_000_000) };
      const request = {
        resourceLogs: [
          {
            resource: { attributes: [{ key: 'big', value: big }] },
            scopeLogs: [
              {
                scope: {
                  name: a(70_000),
                  attributes: [{ key: 'big', value: big }],
                },
                logRecords: [{ timeUnixNano: '1' }],
              },
            ],
          },
        ],
      };
      expect((await receiver.send(postRequest(encoding, request))).status).toBe(
        200,
      );
      expect((await receiver.take()).events).toMatchObject([
        {
          ...truncated,
          source: {
            resource: {
              big: cut(big.stringValue, 65_536),
              $truncated: { scope_name: original(a(70_000)) },
            },
            scopeName: a(65_536),
            scopeAttributes: { big: cut(big.stringValue, 65_536) },
          },
        },
      ]);
    });

    it('P10 100,000 records in one request, more than a statement has parameters', async () => {
      const records = Array.from({ length: 100_000 }, (_, i) => ({
        timeUnixNano: `${i + 1}`,
      }));
      const answer = await receiver.send(
        postRequest(encoding, requestOfRecords(...records)),
      );
      expect(answer.status).toBe(200);
      const { rows } = await receiver.database.pool.query(
        `select count(*)::integer as events, count(distinct (event_time, event_nanos))::integer as times from audit.event`,
      );
      expect(rows).toEqual([{ events: 100_000, times: 100_000 }]);
      await receiver.database.pool.query(`truncate audit.event`);
      expect((await receiver.take()).ledger).toMatchObject({
        received: 100_000,
        stored: 100_000,
      });
    });

    it.each([1, 2, 5000])(
      'P11 one poison among %i records that only the database refuses',
      async (count) => {
        const table = receiver.database.pool;
        await table.query(
          `alter table audit.event alter column user_agent type varchar(3)`,
        );
        const records = Array.from({ length: count }, (_, i) => ({
          timeUnixNano: `${i + 1}`,
          attributes:
            i === count >> 1
              ? [{ key: 'user_agent.original', value: { stringValue: 'zeus' } }]
              : [],
        }));
        const answer = await receiver.send(
          postRequest(encoding, requestOfRecords(...records)),
        );
        await table.query(
          `alter table audit.event alter column user_agent type text`,
        );
        expect(answer.status).toBe(200);
        const { events, quarantined, ledger } = await receiver.take();
        expect(events).toHaveLength(count - 1);
        expect(quarantined).toMatchObject([{ reason: 'refused-by-database' }]);
        expect(ledger).toMatchObject({
          received: count,
          stored: count - 1,
          quarantined: 1,
        });
      },
    );

    it('P12 the same id twice in one request', async () => {
      const record = {
        timeUnixNano: '1',
        attributes: [
          {
            key: 'log.record.uid',
            value: { stringValue: '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e' },
          },
        ],
      };
      const answer = await receiver.send(
        postRequest(
          encoding,
          requestOfRecords(record, record, { timeUnixNano: '2' }),
        ),
      );
      expect(answer.status).toBe(200);
      const { events, ledger } = await receiver.take();
      expect(events).toHaveLength(2);
      expect(ledger).toMatchObject({ received: 3, stored: 2, duplicate: 1 });
    });
  },
);
