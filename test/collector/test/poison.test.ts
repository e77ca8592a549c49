import { poisonedRecords } from '../../../collector-receiver/test/kit/poisoned-records';
import { amongGoodOnes } from '../../../collector-receiver/test/kit/poison-request';
import type { EncodingName } from '../../../collector-receiver/test/kit/otlp-request';
import { startPipeline, TOKEN } from './kit/pipeline';
import type { Pipeline } from './kit/pipeline';

const contentType = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline({
    env: { AUDIT_COLLECTOR_MODE: 'end_to_end' },
  });
});
afterAll(() => pipeline.stop());

/** What becomes of a request: its answer, and what is stored and quarantined of it. The database is empty again after. */
async function fateOf(
  url: string,
  encoding: EncodingName,
  body: Uint8Array | string,
) {
  const answer = await fetch(`${url}/v1/logs`, {
    method: 'POST',
    headers: {
      'content-type': contentType[encoding],
      authorization: `Bearer ${TOKEN}`,
    },
    body: body as Uint8Array<ArrayBuffer> | string,
  });
  const { pool } = pipeline.database;
  const { rows: events } = await pool.query(
    `select id, event_id, event_time, event_nanos, observed_time, severity_level, severity_number, status, plugin_id, actor_id,
       operation_id, error_type, flags, meta, otlp
     from audit.event order by event_time, event_id, id`,
  );
  const { rows: quarantined } = await pool.query(
    'select reason from audit.quarantine order by reason',
  );
  await pool.query('truncate audit.event, audit.quarantine');
  return { status: answer.status, events, quarantined };
}

type Fate = Awaited<ReturnType<typeof fateOf>>;

/** What the Collector's own reading of JSON makes different. Protobuf it passes on as it is. */
const exceptions: Record<string, (direct: Fate) => Fate> = {
  'P3 lone surrogate': sanitizedBefore,
  'P3 lone surrogate in a key': sanitizedBefore,
  'P4 1e400': refused,
  'P4 1e200000': refused,
  'P5 2^63': refused,
};

/** The Collector has replaced it, so the receiver finds nothing to flag. */
function sanitizedBefore(direct: Fate): Fate {
  return {
    ...direct,
    events: direct.events.map((event) => ({ ...event, flags: null })),
  };
}

/** Numbers that its types cannot hold cost the request, in JSON as in any other that it cannot read. */
function refused(): Fate {
  return { status: 400, events: [], quarantined: [] };
}

describe('a poisoned record', () => {
  it.each(poisonedRecords)(
    'has the fate that it has without a Collector: %s (%s)',
    async (name, encoding, record) => {
      const body = amongGoodOnes(encoding, record);
      const direct = await fateOf(pipeline.receiver.url, encoding, body);
      expect(direct.events.length + direct.quarantined.length).toBe(3);
      const except = encoding === 'json' ? exceptions[name] : undefined;
      expect(await fateOf(pipeline.collector.url, encoding, body)).toEqual(
        except ? except(direct) : direct,
      );
    },
  );
});
