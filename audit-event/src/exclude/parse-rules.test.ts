import { parseRules } from './parse-rules';

describe('parseRules', () => {
  it('reads the samples of the contract', () => {
    const parsed = parseRules(`
excludeRules:
  - actorId: 'plugin:*'
    eventId: entity-fetch
  # health checks
  - { actorId: 'user:default/healthcheck-service', eventId: entity-validate }
  - actorId: plugin:scaffolder
    eventId: task
`);
    expect(parsed).toMatchObject({
      status: 'valid',
      rules: [
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          rule: { actorId: 'plugin:*', eventId: 'entity-fetch' },
        },
        {
          rule: {
            actorId: 'user:default/healthcheck-service',
            eventId: 'entity-validate',
          },
        },
        { rule: { actorId: 'plugin:scaffolder', eventId: 'task' } },
      ],
    });
  });

  it.each([
    '',
    '# nothing\n',
    'AUDIT_RECEIVER_HTTP_PORT: 1\n',
    'excludeRules:\n',
    'excludeRules: []\n',
  ])('reads %j as no rules', (yaml) => {
    expect(parseRules(yaml)).toEqual({ status: 'valid', rules: [] });
  });

  it.each([
    [
      'an unknown key, on its line',
      'excludeRules:\n  - actorId: a\n    event: b\n',
      /^line 3: unknown key "event": expected one of actorId, /,
    ],
    [
      'an empty rule',
      'excludeRules:\n  - actorId: a\n  - {}\n',
      /^line 3: expected at least one of /,
    ],
    [
      'a number',
      'excludeRules:\n  - eventId: 1\n',
      /^line 2: expected eventId to be a string, got a number: put it in quotes$/,
    ],
    [
      'a bare star, which YAML reads as an alias',
      'excludeRules:\n  - eventId: *\n',
      /^line 2: cannot parse the file as YAML: ./,
    ],
    [
      'a map instead of a list',
      'excludeRules:\n  actorId: a\n',
      /^line 2: expected excludeRules to be a list of rules$/,
    ],
    [
      'a key twice',
      'excludeRules:\n  - eventId: a\n    eventId: b\n',
      /^line 3: cannot parse the file as YAML: ./,
    ],
    [
      'broken YAML',
      'excludeRules: [\n',
      /^line \d: cannot parse the file as YAML: ./,
    ],
    [
      'a list as the file',
      '- a\n',
      /^line 1: expected a file of keys and values such as excludeRules$/,
    ],
    [
      'no rule',
      'excludeRules:\n  -\n',
      /^line 2: expected a rule such as .*, got null$/,
    ],
  ])('refuses %s', (_, yaml, reason) => {
    expect(parseRules(yaml)).toEqual({
      status: 'invalid',
      reason: expect.stringMatching(reason),
    });
  });

  it.each([
    ['nested too deep', `excludeRules: ${'['.repeat(100_000)}`],
    [
      'aliases that unfold to too much',
      `a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [${'*a, '.repeat(9)}*a]\nc: &c [${'*b, '.repeat(9)}*b]\nexcludeRules:\n  - eventId: [${'*c, '.repeat(9)}*c]\n`,
    ],
    [
      'more than a thousand',
      `excludeRules:${'\n  - eventId: a'.repeat(1_001)}`,
    ],
  ])('refuses %s', (_, yaml) => {
    expect(parseRules(yaml)).toEqual({
      status: 'invalid',
      reason: expect.any(String),
    });
  });

  describe('with rules only', () => {
    it.each([
      [
        'another key, on its line',
        'excludeRules: []\nexcludeRule:\n  - eventId: a\n',
        'line 2: expected no key but excludeRules',
      ],
      [
        'nothing',
        '',
        'line 1: expected excludeRules with a list of rules; for none write "excludeRules: []"',
      ],
      [
        'nothing under the key',
        'excludeRules:\n',
        'line 1: expected excludeRules with a list of rules; for none write "excludeRules: []"',
      ],
    ])('refuses %s', (_, yaml, reason) => {
      expect(parseRules(yaml, { rulesOnly: true })).toEqual({
        status: 'invalid',
        reason,
      });
    });

    it('takes an empty list', () => {
      expect(parseRules('excludeRules: []', { rulesOnly: true })).toEqual({
        status: 'valid',
        rules: [],
      });
    });
  });
});
