import { checkRule, writtenRule } from './check-rule';
import { ruleIdOf } from './rule';

describe('checkRule', () => {
  it.each([
    [{ actorId: 'plugin:*', eventId: 'entity-fetch' }],
    [
      {
        actorId: 'user:default/healthcheck-service',
        eventId: 'entity-validate',
      },
    ],
    [{ actorId: 'plugin:scaffolder', eventId: 'task' }],
    [{ pluginId: 'audit-*' }],
    [
      {
        severityLevel: 'low',
        status: 'succeeded',
        actionType: 'create',
        queryType: 'by-*',
        requestMethod: 'GET',
        requestPath: '/api/**',
      },
    ],
    [{ severityLevel: 'h*' }],
    [{ eventId: 'a'.repeat(256) }],
    [{ eventId: `a${'*'.repeat(8)}` }],
  ])('takes %j', (rule) => {
    expect(checkRule(rule)).toEqual({ status: 'valid', rule });
  });

  it('takes a rule without a letter when that is said to be meant', () => {
    expect(checkRule({ actorId: '*', acknowledgeBroad: true })).toEqual({
      status: 'valid',
      rule: { actorId: '*' },
    });
  });

  const keys =
    'actorId, eventId, pluginId, severityLevel, status, actionType, queryType, requestMethod, requestPath';
  it.each<[unknown, string]>([
    [null, 'expected a rule such as { actorId: ..., eventId: ... }, got null'],
    [
      'plugin:*',
      'expected a rule such as { actorId: ..., eventId: ... }, got a string',
    ],
    [
      {},
      `expected at least one of ${keys}: an empty rule would exclude every event`,
    ],
    [
      { acknowledgeBroad: true },
      `expected at least one of ${keys}: an empty rule would exclude every event`,
    ],
    [{ actor: 'x' }, `unknown key "actor": expected one of ${keys}`],
    [
      { eventId: 5 },
      'expected eventId to be a string, got a number: put it in quotes',
    ],
    [
      { eventId: ['a'] },
      'expected eventId to be a string, got a list: put it in quotes',
    ],
    [{ eventId: '' }, 'expected eventId to be a pattern, got an empty string'],
    [
      { eventId: 'a'.repeat(257) },
      'expected eventId to have at most 256 characters, got 257',
    ],
    [
      { eventId: `a${'*'.repeat(9)}` },
      'expected eventId to have at most 8 stars, got 9',
    ],
    [
      { eventId: 'a\0' },
      'expected eventId to be text without U+0000 and lone surrogates',
    ],
    [
      { eventId: 'a\ud800' },
      'expected eventId to be text without U+0000 and lone surrogates',
    ],
    [
      { pluginId: 'audit-log' },
      'events of the audit log itself (pluginId audit-log) cannot be excluded',
    ],
    [
      { severityLevel: 'hgih' },
      'expected severityLevel to be one of low, medium, high, critical or a pattern, got "hgih"',
    ],
    [
      { status: 'success' },
      'expected status to be one of initiated, succeeded, failed or a pattern, got "success"',
    ],
    [
      { actorId: '*', eventId: '**' },
      'the rule has no letter or digit, so it would exclude nearly every event: add "acknowledgeBroad: true" if that is meant',
    ],
    [
      { eventId: 'a', acknowledgeBroad: 'yes' },
      'expected acknowledgeBroad to be true or absent, got "yes"',
    ],
  ])('refuses %j', (rule, reason) => {
    expect(checkRule(rule)).toMatchObject({ status: 'invalid', reason });
  });
});

it.each([[{ actorId: '*', eventId: '**' }], [{ actorId: 'plugin:*' }]])(
  'what is written of %j is taken again',
  (rule) => {
    expect(checkRule(writtenRule(rule))).toEqual({ status: 'valid', rule });
  },
);

describe('ruleIdOf', () => {
  it('is the same for the same patterns and stays so for ever', () => {
    const id = ruleIdOf({ eventId: 'entity-fetch', actorId: 'plugin:*' });
    expect(ruleIdOf({ actorId: 'plugin:*', eventId: 'entity-fetch' })).toBe(id);
    expect(
      ruleIdOf({ actorId: 'plugin:*', eventId: 'entity-facets' }),
    ).not.toBe(id);
    expect(id).toBe('b84de078-48aa-86fd-9622-5111ff9f5066');
  });
});
