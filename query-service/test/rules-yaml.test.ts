import { loadExclusionRules } from 'audit-event/store';
import { startTestService } from './service';
import type { Answer, TestService } from './service';

const DEFAULTS = [
  { actorId: 'plugin:*', eventId: 'entity-fetch' },
  { actorId: 'plugin:*', eventId: 'entity-facets' },
];

let service: TestService;
beforeEach(async () => {
  service = await startTestService();
});
afterEach(() => service.close());

const inForce = async () =>
  (await loadExclusionRules(service.database.pool)).map(({ rule }) => rule);
const create = (rule: unknown, comment?: string) =>
  service.admin('POST', '/v2/rules', { body: { rule, comment } });
const etag = ({ headers }: Answer) => headers.get('etag')!;
const putYaml = (body: string, ifMatch?: string) =>
  service.admin('PUT', '/v2/rules', {
    body,
    headers: {
      'content-type': 'application/yaml',
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    },
  });
/** What the log says was done to the rules. */
const told = async () =>
  (
    await service.database.pool.query(
      `select event_id, severity_level, status, actor_type, actor_id, request_method, entity_ref, meta
       from audit.event where event_id like 'rule%' order by event_time, id`,
    )
  ).rows;

describe('the whole set in YAML', () => {
  const yaml = () =>
    service.admin('GET', '/v2/rules', {
      headers: { accept: 'application/yaml' },
    });

  it('comes as it goes back', async () => {
    await create({ eventId: 'task' }, 'one line\nexcludeRules: []');
    const before = await yaml();
    expect(before.headers.get('content-type')).toMatch(/^application\/yaml/);
    expect(before.text).toBe(`excludeRules:
  # Plugins read the catalog all the time
  - actorId: plugin:*
    eventId: entity-fetch
  # Plugins read the catalog all the time
  - actorId: plugin:*
    eventId: entity-facets
  # one line
  # excludeRules: []
  - eventId: task
`);
    const { status, body } = await putYaml(before.text, etag(before));
    expect(status).toBe(200);
    expect(body).toEqual({
      created: [],
      deleted: [],
      kept: [expect.any(String), expect.any(String), expect.any(String)],
    });
    expect(etag(await yaml())).toBe(etag(before));
    expect(await told()).toHaveLength(1);
  });

  it('is replaced: what says the same stays, with its id', async () => {
    const answer = await putYaml(
      'excludeRules:\n  - eventId: entity-facets\n    actorId: plugin:*\n  - eventId: new\n  - eventId: new\n',
      etag(await yaml()),
    );
    expect(answer.body).toEqual({
      created: [expect.any(String)],
      deleted: ['00000000-0000-8000-8000-000000000001'],
      kept: ['00000000-0000-8000-8000-000000000002'],
    });
    expect(await inForce()).toEqual([DEFAULTS[1], { eventId: 'new' }]);
    expect(await told()).toMatchObject([
      {
        event_id: 'rules-replace',
        meta: {
          created: [{ id: answer.body.created[0], rule: { eventId: 'new' } }],
          deleted: [{ rule: DEFAULTS[0] }],
          kept: 1,
        },
      },
    ]);
  });

  it.each([
    [
      'an unknown key',
      'excludeRules:\n  - actorId: a\n    event: b\n',
      /^line 3: unknown key "event": expected one of actorId, /,
    ],
    [
      'a misspelt list',
      'excludeRule: []\n',
      'line 1: expected no key but excludeRules',
    ],
    ['nothing', '', /^line 1: expected excludeRules with a list of rules/],
    [
      'the own events',
      'excludeRules:\n  - pluginId: audit-log\n',
      'line 2: events of the audit log itself (pluginId audit-log) cannot be excluded',
    ],
  ])(
    'is refused whole for %s, with line and reason',
    async (_, text, reason) => {
      const { status, body } = await putYaml(text, '*');
      expect(status).toBe(400);
      expect(body.error.message).toEqual(
        typeof reason === 'string' ? reason : expect.stringMatching(reason),
      );
      expect(await inForce()).toEqual(DEFAULTS);
    },
  );

  it('is not replaced by somebody who saw another one', async () => {
    const before = await yaml();
    await create({ eventId: 'task' });
    expect((await putYaml('excludeRules: []', etag(before))).status).toBe(412);
    expect((await putYaml('excludeRules: []')).status).toBe(428);
    expect(await inForce()).toHaveLength(3);
  });
});

describe('a set that is only checked', () => {
  const check = (body: string) =>
    service.admin('POST', '/v2/rules/check', {
      body,
      headers: { 'content-type': 'application/yaml' },
    });

  it('is told where each rule stands, and changes nothing', async () => {
    const { status, body } = await check(
      'excludeRules:\n  # tries\n  - eventId: task\n    status: succeeded\n  - actorId: "*"\n    acknowledgeBroad: true\n',
    );
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'valid',
      rules: [
        {
          rule: { eventId: 'task', status: 'succeeded' },
          line: 3,
          end_line: 4,
          comment: 'tries',
        },
        {
          rule: { actorId: '*', acknowledgeBroad: true },
          line: 5,
          end_line: 6,
          comment: null,
        },
      ],
    });
    expect(await inForce()).toEqual(DEFAULTS);
    expect(await told()).toEqual([]);
  });

  it.each([
    ['excludeRules:\n  - eventId: a\n    status: sucess\n', 3],
    ['excludeRules:\n  - actor: a\n', 2],
    ['', 1],
  ])('is refused with the sentence that PUT has, %j', async (yaml, line) => {
    const { status, body } = await check(yaml);
    expect(status).toBe(200);
    const put = await putYaml(yaml, '*');
    expect(body).toEqual({
      status: 'invalid',
      line,
      reason: put.body.error.message,
    });
  });
});

it('keeps the comment above a rule that is new, and of one that is there the comment that it has', async () => {
  const put = await putYaml(
    'excludeRules:\n  # another reason\n  - actorId: plugin:*\n    eventId: entity-fetch\n  # a dry run is\n  # no event\n  - eventId: task\n',
    '*',
  );
  expect(put.status).toBe(200);
  const { body } = await service.admin('GET', '/v2/rules');
  expect(body.data.map(({ comment }: { comment: string }) => comment)).toEqual([
    'Plugins read the catalog all the time',
    'a dry run is\nno event',
  ]);
});
