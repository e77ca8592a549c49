import { startPipeline, TOKEN } from '../../collector/test/kit/pipeline';
import type { Pipeline } from '../../collector/test/kit/pipeline';
import { untilStored } from '../../collector/test/kit/stored';
import { senders, telemetrygen } from './kit/senders';
import type { Send } from './kit/senders';

/** More than one batch of each SDK. */
const COUNT = 1_300;
/** Of an installation or build that nobody has made yet. */
const PREPARE_TIMEOUT_MS = 600_000;

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline.stop());
afterEach(async () => {
  await pipeline.database.pool.query('truncate audit.event');
});

const ways = [
  ['http', 'to the receiver'],
  ['grpc', 'to the receiver'],
  ['http', 'through the Collector'],
  ['grpc', 'through the Collector'],
] as const;

function endpointOf([protocol, way]: (typeof ways)[number]): string {
  const { receiver, collector } = pipeline;
  const target = way === 'to the receiver' ? receiver : collector;
  return protocol === 'http' ? target.url : target.grpcUrl;
}

describe.each(Object.keys(senders))('the SDK of %s', (language) => {
  let send: Send;
  beforeAll(async () => {
    send = await senders[language]!();
  }, PREPARE_TIMEOUT_MS);

  it.each(ways)('sends with %s %s', async (protocol, way) => {
    const { pool } = pipeline.database;
    const service = `sender-${language}`;
    const endpoint = endpointOf([protocol, way] as (typeof ways)[number]);
    await send([protocol, endpoint, TOKEN, String(COUNT)]);
    await untilStored(pool, service, COUNT);
    const { rows } = await pool.query(
      `select event_id, status, severity_level, meta, otlp -> 'body' as body
       from audit.event where plugin_id = $1::text order by (meta ->> 'n')::integer`,
      [service],
    );
    expect(rows).toEqual(
      Array.from({ length: COUNT }, (_, n) => ({
        event_id: 'greeting',
        status: 'succeeded',
        severity_level: 'low',
        meta: { n, ratio: 0.5, ok: true, tags: ['a', 'b'], text: 'Grüße 🙂' },
        body: `hello ${n}`,
      })),
    );
  });
});

describe('telemetrygen', () => {
  let send: Send;
  beforeAll(async () => {
    send = await telemetrygen();
  }, PREPARE_TIMEOUT_MS);

  it.each(ways)('sends with %s %s', async (protocol, way) => {
    const { pool } = pipeline.database;
    const endpoint = endpointOf([protocol, way] as (typeof ways)[number]);
    await send([protocol, endpoint, TOKEN, String(COUNT)]);
    await untilStored(pool, 'sender-telemetrygen', COUNT);
    const { rows } = await pool.query(
      `select count(*)::integer as count, otlp -> 'body' as body, meta ->> 'team' as team
       from audit.event where plugin_id = 'sender-telemetrygen' group by 2, 3`,
    );
    expect(rows).toEqual([{ count: COUNT, body: 'hello', team: 'audit' }]);
  });
});
