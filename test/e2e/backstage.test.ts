import { setTimeout as sleep } from 'node:timers/promises';
import { startBackstage } from '../src/backstage';
import type { Backstage } from '../src/backstage';
import { createTestDatabase } from '../src/database';
import type { TestDatabase } from '../src/database';
import { startServices } from '../src/services';
import type { EventV1, Services } from '../src/services';

const START_MS = 300_000;
const ARRIVE_MS = 10_000;
const MISSING = '/api/catalog/entities/by-name/component/default/missing';

describe('from a real Backstage backend to API v1', () => {
  let database: TestDatabase;
  let services: Services;
  let backstage: Backstage;

  beforeAll(async () => {
    database = await createTestDatabase();
    services = await startServices(database.url);
    backstage = await startBackstage({
      databaseUrl: database.url,
      otlpEndpoint: services.receiverUrl,
    });
  }, START_MS);
  afterAll(async () => {
    await backstage.stop();
    await services.close();
    await database.drop();
  }, START_MS);

  /** Asks until there are as many events as expected, newest first. */
  async function eventually(query: string, count: number): Promise<EventV1[]> {
    const deadline = Date.now() + ARRIVE_MS;
    for (;;) {
      const { data } = await services.ask(query);
      if (data.length >= count || Date.now() > deadline) return data;
      await sleep(50);
    }
  }

  it.each<[string, (b: Backstage) => string, string, string]>([
    ['a user', (b) => b.userToken, 'user', 'user:default/john'],
    [
      'an external token',
      (b) => b.dashboardsToken,
      'service',
      'external:dashboards',
    ],
    ['a static token', (b) => b.ciBotToken, 'service', 'ci-bot'],
  ])(
    'finds what %s asked of the catalog, promoted fields out of meta',
    async (_, token, type, id) => {
      const answer = await backstage.get(
        '/api/catalog/entities?filter=kind=component',
        token(backstage),
      );
      expect(answer.status).toBe(200);
      const [event, ...others] = await eventually(
        `actor_id=${id}&query_type=all`,
        1,
      );
      expect(others).toEqual([]);
      expect(event).toMatchObject({
        plugin_id: 'catalog',
        event_id: 'entity-fetch',
        severity_level: 'low',
        status: 'succeeded',
        actor_type: type,
        actor_id: id,
        request_method: 'GET',
        request_url: '/api/catalog/entities',
        action_type: null,
        query_type: 'all',
        meta: { query: { filter: ['kind=component'] } },
      });
      expect(event!.meta).not.toHaveProperty('queryType');
    },
  );

  it('finds both outcomes of an operation that the catalog ends twice, with its entity', async () => {
    await backstage.get(MISSING, backstage.userToken);
    const events = await eventually('entity_ref=component:default/missing', 2);
    expect(events.map(({ status }) => status).toSorted()).toEqual([
      'failed',
      'succeeded',
    ]);
    expect(events[0]).toMatchObject({
      query_type: 'by-name',
      request_url: MISSING,
      meta: {},
    });
  });

  it('finds a write with its action and severity', async () => {
    const answer = await fetch(`${backstage.url}/api/catalog/locations`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${backstage.userToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        type: 'url',
        target: 'https://example.invalid/catalog-info.yaml',
      }),
    });
    expect(answer.status).toBe(201);
    const [event] = await eventually('event_id=location-mutate', 1);
    expect(event).toMatchObject({
      severity_level: 'medium',
      status: 'succeeded',
      actor_type: 'user',
      action_type: 'create',
      request_method: 'POST',
      request_url: '/api/catalog/locations',
      meta: { location: { type: 'url' } },
    });
  });

  it.each([
    ['without credentials', undefined],
    ['with an invalid token', 'no-such-token'],
  ])(
    'finds a call of an open route %s as anonymous; the call itself is not harmed',
    async (_, token) => {
      const before = (await services.ask('event_id=visit')).total;
      const answer = await backstage.get('/api/desk/visit?token=secret', token);
      expect(answer.status).toBe(200);
      const [event] = await eventually('event_id=visit', before + 1);
      expect(event).toMatchObject({
        actor_type: 'anonymous',
        actor_id: 'anonymous',
        request_url: '/api/desk/visit',
      });
      expect(
        await services.ask('actor_type=anonymous&event_id=visit'),
      ).toMatchObject({ total: before + 1 });
    },
  );

  it('leaves out what plugins fetch, which the console still has, and counts it', async () => {
    const excluded = async () => {
      const { rows } = await database.pool.query(
        `select coalesce(sum(excluded), 0)::integer as excluded from audit.exclusion_count`,
      );
      return rows[0].excluded as number;
    };
    const answer = await backstage.get('/api/search/own', backstage.userToken);
    expect(answer.status).toBe(200);
    const deadline = Date.now() + ARRIVE_MS;
    while ((await excluded()) < 2 && Date.now() < deadline) await sleep(50);
    // `initiated` and `succeeded`.
    expect(await excluded()).toBe(2);
    expect((await services.ask('actor_id=plugin:search')).total).toBe(0);
    const lines = backstage
      .consoleLines()
      .filter(
        ({ actor }) =>
          (actor as { actorId?: string }).actorId === 'plugin:search',
      );
    expect(lines.map(({ message, status }) => [message, status])).toEqual([
      ['catalog.entity-fetch', 'initiated'],
      ['catalog.entity-fetch', 'succeeded'],
    ]);
  });

  it('stores no secret of a query string', async () => {
    const { rows } = await database.pool.query(
      `select request_query from audit.event where event_id = 'visit' and status = 'succeeded'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.request_query).toBe('token=REDACTED');
  });

  it('accounts for every record that it received', async () => {
    const { rows } = await database.pool.query(
      `select sum(received)::integer as received,
         sum(stored + duplicate + excluded + quarantined)::integer as accounted,
         sum(excluded)::integer as excluded,
         sum(quarantined)::integer as quarantined,
         sum(stored)::integer - (select count(*)::integer from audit.event) as difference
       from audit.batch`,
    );
    expect(rows[0].accounted).toBe(rows[0].received);
    expect(rows[0]).toMatchObject({ quarantined: 0, difference: 0 });
    const metrics = await fetch(`${services.receiverUrl}/metrics`);
    const lines = (await metrics.text()).split('\n');
    // The query service has batches of its own, of what it tells about its readers.
    const { rows: own } = await database.pool.query(
      `select sum(stored)::integer as stored
       from audit.batch join audit.receiver on receiver.id = receiver_id
       where instance like 'query-service %'`,
    );
    const received = rows[0].received - own[0].stored;
    const { excluded } = rows[0];
    expect(lines).toEqual(
      expect.arrayContaining([
        `audit_receiver_records_received_total ${received}`,
        `audit_receiver_records_total{outcome="stored"} ${received - excluded}`,
        `audit_receiver_records_total{outcome="excluded"} ${excluded}`,
      ]),
    );
  });
});
