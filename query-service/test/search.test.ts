import { uuidv7 } from 'audit-event';
import type { AuditEvent } from 'audit-event';
import { anAuditEvent } from '../../test/src/audit-events';
import { createPlanter } from '../../test/src/planted-events';
import type { Planter } from '../../test/src/planted-events';
import { asker } from './ask';
import { ADMIN_TOKEN, startTestService } from './service';
import type { TestService } from './service';

let service: TestService;
let planter: Planter;
const ask = asker(() => service);

const START = Date.parse('2026-01-15T10:00:00Z');
const RANGE = 'start_time=2026-01-01T00:00:00Z&end_time=2026-01-31T23:59:59Z';
const at = (minute: number) => BigInt(START + minute * 60_000) * 1_000_000n;

/** One of each kind, named by where it stands. */
const events: Record<string, AuditEvent> = {
  plain: anAuditEvent({ time: at(0) }),
  full: anAuditEvent({
    time: at(1),
    operationId: '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e',
    pluginId: 'scaffolder',
    eventId: 'task*',
    severityLevel: 'high',
    severityNumber: 13,
    status: 'failed',
    actor: {
      type: 'service',
      id: 'plugin:scaffolder',
      initiatorId: 'user:default/john',
      ip: '10.1.2.3',
      userAgent: 'curl/8',
    },
    request: { method: 'POST', path: '/api/x', query: 'a=1', host: 'portal' },
    actionType: 'create',
    queryType: 'by-id',
    entityRef: 'component:default/shop',
    error: {
      type: 'NotAllowedError',
      message: 'not 100% allowed',
      stack: 'at',
    },
    meta: {
      owner: { team: 'shop' },
      list: ['first', { key: 'deep' }],
      'a.b': 'dotted',
      count: 7,
      nothing: null,
    },
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    streamId: '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3f',
    sequence: 42,
    flags: ['truncated'],
    otlp: { attributes: { 'audit.outcome.reason': 'denied' } },
    source: {
      resource: {
        'service.name': 'portal',
        'service.instance.id': 'portal-1',
        'host.name': 'node-7',
      },
    },
  }),
  begun: anAuditEvent({
    time: at(2),
    status: 'initiated',
    actor: { type: 'user', id: 'user:default/jürgen' },
    entityRef: 'api:default/shop',
    meta: { note: 'Grüße aus KÖLN', text: 'under_score 50%' },
  }),
};

beforeAll(async () => {
  service = await startTestService();
  planter = await createPlanter(service.database.url);
  await planter.plant(Object.values(events), new Date(START + 10 * 60_000));
});
afterAll(async () => {
  await planter.close();
  await service.close();
});

/** Which events a query finds, by their names; the error in their place. */
async function found(query: string): Promise<unknown> {
  const { body } = await ask(`events?${RANGE}&order=oldest&${query}`);
  return (
    body.error?.message ??
    body.data.map(({ id }: { id: string }) =>
      Object.keys(events).find((name) => events[name]!.id === id),
    )
  );
}

/** The events of an export, which asks the database in another way. */
async function exported(query: string): Promise<unknown[]> {
  const answer = await fetch(
    `${service.url}/api/audit-log/v2/export?${RANGE}&${query}`,
    { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } },
  );
  const lines = (await answer.text()).trimEnd().split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

it.each<[string, string[]]>([
  ['', ['plain', 'full', 'begun']],
  ['plugin_id=scaffolder', ['full']],
  ['plugin_id=scaffolder&plugin_id=catalog', ['plain', 'full', 'begun']],
  ['plugin_id!=scaffolder', ['plain', 'begun']],
  ['plugin_id=sca*', ['full']],
  ['plugin_id!=sca*', ['plain', 'begun']],
  ['plugin_id=SCAFFOLDER', []],
  ['plugin_id=scaffolder&status=succeeded', []],
  ['plugin_id=', ['plain', 'full', 'begun']],
  [String.raw`event_id=task\*`, ['full']],
  [String.raw`event_id=entity\*`, []],
  ['event_id=*', ['plain', 'full', 'begun']],
  ['severity_level=high,critical', ['full']],
  ['severity_number=13', ['full']],
  ['severity_number=1..12', ['plain', 'begun']],
  ['status!=failed', ['plain', 'begun']],
  ['status=failed&status=initiated', ['full', 'begun']],
  ['outcome_reason=denied', ['full']],
  ['outcome_reason!=denied', ['plain', 'begun']],
  ['actor_type=service', ['full']],
  ['actor_id=user:default/*', ['plain', 'begun']],
  ['actor_id=user:default/j%C3%BCrgen', ['begun']],
  ['initiator_id=user:default/john', ['full']],
  ['client_address=10.1.*', ['full']],
  ['user_agent=curl/8', ['full']],
  ['request_method=POST', ['full']],
  ['request_method!=POST', ['plain', 'begun']],
  ['request_url=/api/*', ['full']],
  ['request_query=a%3D1', ['full']],
  ['request_host=portal', ['full']],
  ['action_type=create', ['full']],
  ['query_type=by-id', ['full']],
  ['entity_ref=component:default/shop', ['full']],
  ['entity_ref=*', ['full', 'begun']],
  ['entity_kind=component', ['full']],
  ['entity_kind=comp', []],
  ['entity_kind!=component', ['plain', 'begun']],
  ['error_type=NotAllowedError', ['full']],
  ['error_message=not*', ['full']],
  ['error_stack=at', ['full']],
  ['trace_id=0AF7651916cd43dd8448eb211c80319c', ['full']],
  ['span_id=b7ad6b7169203331', ['full']],
  ['stream_id=01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3f', ['full']],
  ['stream_seq=40..50', ['full']],
  ['operation_id=01980F5E-7C1A-7B3E-9D52-5F0A6B1C2D3E', ['full']],
  ['flags=truncated', ['full']],
  ['flags!=truncated', ['plain', 'begun']],
  ['service_name=portal', ['full']],
  ['service_instance_id=portal-*', ['full']],
  ['host_name!=node-7', ['plain', 'begun']],
  ['meta.owner.team=shop', ['full']],
  ['meta.owner.team!=shop', ['plain', 'begun']],
  ['meta.owner.team=sh*', ['full']],
  ['meta.count=7', ['full']],
  ['meta.list.0=first', ['full']],
  ['meta.list.1.key=deep', ['full']],
  [String.raw`meta.a\.b=dotted`, ['full']],
  ["meta.owner'; drop table audit.event; --=x", []],
  ['has=entity_ref', ['full', 'begun']],
  ['has=entity_ref,error_type', ['full']],
  ['has!=entity_ref', ['plain']],
  ['q=SHOP', ['full', 'begun']],
  ['q=shop+begun', []],
  ['q=shop+scaffolder', ['full']],
  ['q=%22not+100%25+allowed%22', ['full']],
  ['q=r_s', ['begun']],
  ['q=50%25', ['begun']],
  ['q=%25', ['full', 'begun']],
  ['q=%C3%BCrgen', ['begun']],
  ['recorded_start_time=2026-01-15T10:10:00Z', ['plain', 'full', 'begun']],
  ['recorded_start_time=2026-01-15T10:10:01Z', []],
  ['recorded_end_time=2026-01-15T10:10:00Z', ['plain', 'full', 'begun']],
  ['recorded_end_time=2026-01-15T10:09:59Z', []],
  // What an index tells alone.
  ['actor_id=plugin:scaffolder&status=failed', ['full']],
  ['actor_id=plugin:scaffolder&status!=failed', []],
  ['actor_id=user:default/j*&status=initiated', ['begun']],
  ['event_id=task%5C*&actor_id=plugin:*&severity_level=high', ['full']],
  ['entity_ref=api:*&entity_ref=component:*&actor_id!=plugin:*', ['begun']],
])('%s finds %j, in a list, a total and an export', async (query, names) => {
  expect(await found(query)).toEqual(names);
  expect((await ask(`total?${RANGE}&${query}`)).body).toEqual({
    value: names.length,
    is_exact: true,
  });
  expect(await exported(query)).toEqual(
    (await ask(`events?${RANGE}&order=oldest&${query}`)).body.data,
  );
});

it.each([
  [
    'status=done',
    'status must be one of initiated, succeeded, failed, got "done"',
  ],
  ['trace_id=xyz', 'trace_id must be 32 hexadecimal digits, got "xyz"'],
  [
    'stream_seq=9..1',
    'stream_seq must be a whole number, or two such as 10..20, got "9..1"',
  ],
  [
    'meta.=x',
    'a filter by meta must name 1 to 16 keys with dots between them, such as meta.owner.team, got "meta."',
  ],
  ['limit=0', 'limit must be a whole number from 1 to 1000, got "0"'],
  [
    'q=1+2+3+4+5+6+7+8+9',
    'q must be at most 8 words or phrases in quotes, 256 characters altogether, got 9 in 17 characters',
  ],
  ['actor_id=a%00b', 'actor_id must not contain the character U+0000'],
  [
    'cursor=abc',
    'cursor must be one that this API gave for the same filters, order and token; begin without a cursor',
  ],
])('%s is refused: %s', async (query, message) => {
  expect(await found(query)).toBe(message);
});

it('shows an event as version 1 does, and more', async () => {
  const { body } = await ask(`events?${RANGE}&plugin_id=scaffolder`);
  expect(body.data[0]).toEqual({
    id: events['full']!.id,
    event_time: '2026-01-15T10:01:00.000Z',
    recorded_at: '2026-01-15T10:10:00.000Z',
    plugin_id: 'scaffolder',
    event_id: 'task*',
    severity_level: 'high',
    status: 'failed',
    actor_type: 'service',
    actor_id: 'plugin:scaffolder',
    request_method: 'POST',
    request_url: '/api/x',
    action_type: 'create',
    query_type: 'by-id',
    entity_ref: 'component:default/shop',
    meta: events['full']!.meta,
    operation_id: '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e',
    initiator_id: 'user:default/john',
    client_address: '10.1.2.3',
    user_agent: 'curl/8',
    request_query: 'a=1',
    request_host: 'portal',
    error_type: 'NotAllowedError',
    error_message: 'not 100% allowed',
    stream_id: '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3f',
    stream_seq: 42,
    severity_number: 13,
    flags: ['truncated'],
    outcome_reason: 'denied',
    trace_id: '0af7651916cd43dd8448eb211c80319c',
    span_id: 'b7ad6b7169203331',
  });
});

it('finds an event by its id, with its operation and its trace', async () => {
  const shared = {
    operationId: uuidv7(),
    traceId: '1af7651916cd43dd8448eb211c80319c',
  };
  const [begun, done] = (['initiated', 'succeeded'] as const).map((status) =>
    anAuditEvent({ status, ...shared }),
  ) as [AuditEvent, AuditEvent];
  const other = anAuditEvent({ traceId: shared.traceId });
  await planter.plant([begun, done, other]);
  const { status, body } = await ask(`events/${done.id}`);
  const idsOf = ({ events: related }: { events: { id: string }[] }) =>
    related.map(({ id }) => id).toSorted();
  expect([status, body.event.id]).toEqual([200, done.id]);
  expect(body.event).toMatchObject({ otlp: null, resource: null });
  expect(idsOf(body.operation)).toEqual([begun.id]);
  expect(idsOf(body.trace)).toEqual([begun.id, other.id].toSorted());
  expect(body.trace.has_more).toBe(false);
  const stranger = await ask(`events/${uuidv7()}`);
  expect(stranger.status).toBe(404);
});
