import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonValue, LogRecord } from 'audit-event';
import { startBackstage } from '../../test/src/backstage';
import type { Backstage } from '../../test/src/backstage';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { startReceiver } from './receiver';
import type { TestReceiver } from './receiver';

const START_MS = 300_000;
const BY_NAME = '/api/catalog/entities/by-name/component/default/missing';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

/** What tells one record from another, in few words. */
function brief({ eventName, attributes }: LogRecord): JsonValue[] {
  const attribute = (name: string) => attributes[name] ?? null;
  return [
    eventName,
    attribute('audit.status'),
    attribute('audit.severity'),
    attribute('audit.actor.type'),
    attribute('audit.actor.id'),
    attribute('audit.actor.initiator.id'),
  ];
}

describe('a Backstage backend', () => {
  let receiver: TestReceiver;
  let backstage: Backstage;
  beforeAll(async () => {
    receiver = await startReceiver();
    backstage = await startBackstage({
      databaseUrl: database.url,
      otlpEndpoint: receiver.url,
      auditorOtel: { serviceVersion: '1.50.0' },
    });
  }, START_MS);
  afterAll(async () => {
    await backstage.stop();
    await receiver.close();
  }, START_MS);

  /** The records of one operation or more that a call makes, in the order of the stream. */
  async function recordsOf(
    count: number,
    path: string,
    token?: string,
  ): Promise<{ status: number; records: LogRecord[] }> {
    const before = receiver.stored().length;
    const { status } = await backstage.get(path, token);
    while (receiver.stored().length < before + count)
      await new Promise(setImmediate);
    const order = (record: LogRecord) =>
      Number(record.attributes['audit.sequence.number']);
    const records = receiver
      .stored()
      .slice(before)
      .sort((a, b) => order(a) - order(b));
    return { status, records };
  }

  it('audits what its plugins do at the start', async () => {
    while (receiver.stored().length < 2) await new Promise(setImmediate);
    expect(receiver.stored().map(brief)).toEqual([
      ['desk.opening', 'initiated', 'high', 'service', 'plugin:desk', null],
      ['desk.opening', 'succeeded', 'high', 'service', 'plugin:desk', null],
    ]);
    expect(receiver.requests[0]?.resource).toMatchObject({
      'service.name': 'backstage',
      'service.version': '1.50.0',
    });
  });

  it.each<[string, string, (b: Backstage) => string, JsonValue[]]>([
    [
      'a user',
      '/api/catalog/entities',
      (b) => b.userToken,
      ['user', 'user:default/john', null],
    ],
    [
      'a plugin',
      '/api/search/own',
      (b) => b.userToken,
      ['service', 'plugin:search', null],
    ],
    [
      'a plugin for a user',
      '/api/search/on-behalf',
      (b) => b.userToken,
      ['user', 'user:default/john', 'plugin:search'],
    ],
    [
      'a static token',
      '/api/catalog/entities',
      (b) => b.ciBotToken,
      ['service', 'ci-bot', null],
    ],
    [
      'a static token with a prefix',
      '/api/catalog/entities',
      (b) => b.dashboardsToken,
      ['service', 'external:dashboards', null],
    ],
  ])('audits a call of %s to the catalog', async (_, path, token, actor) => {
    const { status, records } = await recordsOf(2, path, token(backstage));
    expect(status).toBe(200);
    expect(records.map(brief)).toEqual([
      ['catalog.entity-fetch', 'initiated', 'low', ...actor],
      ['catalog.entity-fetch', 'succeeded', 'low', ...actor],
    ]);
    const [first, last] = records;
    expect(first?.attributes['audit.operation.id']).toBe(
      last?.attributes['audit.operation.id'],
    );
    expect(last?.attributes).toMatchObject({
      'http.request.method': 'GET',
      'client.address': '127.0.0.1',
    });
  });

  it('audits both outcomes of an operation that the catalog ends twice', async () => {
    const { status, records } = await recordsOf(
      3,
      BY_NAME,
      backstage.userToken,
    );
    expect(status).toBe(404);
    expect(records.map((record) => record.attributes['audit.status'])).toEqual([
      'initiated',
      'succeeded',
      'failed',
    ]);
    expect(records[2]?.attributes).toMatchObject({
      'error.type': 'NotFoundError',
      'audit.query.type': 'by-name',
      'audit.target.id': 'component:default/missing',
      'url.path': BY_NAME,
    });
  });

  it('audits the run of a task with the person who started it', async () => {
    const { records } = await recordsOf(2, '/api/scaffolder/run');
    expect(records.map(brief)[1]).toEqual([
      'scaffolder.task',
      'succeeded',
      'medium',
      'service',
      'plugin:scaffolder',
      'user:default/john',
    ]);
  });

  it.each<[string, string | undefined, string | undefined]>([
    ['no token', undefined, undefined],
    ['an illegal token', 'no-such-token', 'AuthenticationError: Illegal token'],
  ])(
    'audits an open route, called with %s, as anonymous',
    async (_, token, reason) => {
      const path = '/api/desk/visit?token=abc&floor=2';
      const { status, records } = await recordsOf(2, path, token);
      expect(status).toBe(200);
      expect(records.map(brief)[1]).toEqual([
        'desk.visit',
        'succeeded',
        'medium',
        'anonymous',
        'anonymous',
        null,
      ]);
      expect(records[1]?.attributes['audit.actor.error']).toBe(reason);
      expect(records[1]?.attributes['url.query']).toBe(
        'token=REDACTED&floor=2',
      );
    },
  );

  it('audits an unknown severity as low, and a failure without its secrets', async () => {
    const path = '/api/desk/visit?severity=bogus&fail';
    const { records } = await recordsOf(2, path, backstage.userToken);
    expect(records[1]?.severityText).toBe('bogus');
    expect(records[1]?.attributes).toMatchObject({
      'audit.severity': 'low',
      'audit.status': 'failed',
      'exception.message': 'token=REDACTED is wrong',
    });
  });

  it('writes a console line for each record', async () => {
    const status = (line: Record<string, unknown>) =>
      `${String(line['message'])} ${String(line['status'])}`;
    const lines = backstage.consoleLines();
    expect(lines).toHaveLength(receiver.stored().length);
    expect(lines.slice(0, 2).map(status)).toEqual([
      'desk.opening initiated',
      'desk.opening succeeded',
    ]);
    expect(lines[0]).toMatchObject({
      isAuditEvent: true,
      level: 'info',
      plugin: 'desk',
      eventId: 'opening',
      severityLevel: 'high',
      actor: { actorId: 'plugin:desk' },
      meta: { actionType: 'open', entityRef: 'system:default/desk' },
    });
  });
});

describe('a Backstage backend that is shut down', () => {
  it(
    'delivers what waits for the receiver',
    async () => {
      let isDown = true;
      const receiver = await startReceiver((response) => {
        if (isDown) response.writeHead(503, { 'retry-after': '60' });
        response.end();
      });
      const backstage = await startBackstage({
        databaseUrl: database.url,
        otlpEndpoint: receiver.url,
      });
      const { status } = await backstage.get('/api/desk/visit');
      expect(status).toBe(200);
      expect(receiver.stored()).toEqual([]);
      isDown = false;
      await backstage.stop();
      expect(receiver.stored()).toHaveLength(4);
      await receiver.close();
    },
    START_MS,
  );

  it(
    'is gone soon while nobody listens, and delivers all of it when it runs again',
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'audit-spool-'));
      const auditorOtel = { spool: { directory } };
      const gone = await startReceiver();
      await gone.close();
      const first = await startBackstage({
        databaseUrl: database.url,
        otlpEndpoint: gone.url,
        auditorOtel,
      });
      for (let visit = 0; visit < 5; visit++)
        expect((await first.get('/api/desk/visit')).status).toBe(200);
      const since = performance.now();
      expect(await first.stop()).toBe(0);
      // Five seconds are promised; Kubernetes would kill it after thirty.
      expect(performance.now() - since).toBeLessThan(10_000);

      const receiver = await startReceiver();
      const second = await startBackstage({
        databaseUrl: database.url,
        otlpEndpoint: receiver.url,
        auditorOtel,
      });
      await second.stop();
      const names = receiver.stored().map(({ eventName }) => eventName);
      expect(names.filter((name) => name === 'desk.visit')).toHaveLength(10);
      expect(names.filter((name) => name === 'desk.opening')).toHaveLength(4);
      await receiver.close();
      rmSync(directory, { recursive: true });
    },
    START_MS,
  );

  it(
    'does not start with a wrong setting, and names it',
    async () => {
      await expect(
        startBackstage({
          databaseUrl: database.url,
          otlpEndpoint: 'localhost:4318',
        }),
      ).rejects.toThrow(
        "cannot start: auditorOtel.endpoint must be an http or https URL, got 'localhost:4318'",
      );
    },
    START_MS,
  );
});
