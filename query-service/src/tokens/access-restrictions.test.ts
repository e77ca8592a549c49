import { accessRestrictionsOf, checkRestrictions } from './access-restrictions';

it('null is unrestricted', () => {
  expect(accessRestrictionsOf(null)).toBeNull();
});

describe('what Backstage accepts', () => {
  it.each([
    [[{ plugin: 'a' }], [{ plugin: 'a' }]],
    [
      [{ plugin: 'a', permission: 'p, q r' }],
      [{ plugin: 'a', permission: ['p', 'q', 'r'] }],
    ],
    [
      [{ plugin: 'a', permission: ['p', 'q,r'] }],
      [{ plugin: 'a', permission: ['p', 'q', 'r'] }],
    ],
    [
      [
        { plugin: 'a', permissionAttribute: { action: 'read' } },
        { plugin: 'b' },
      ],
      [
        { plugin: 'a', permissionAttribute: { action: ['read'] } },
        { plugin: 'b' },
      ],
    ],
    [
      [{ plugin: 'a', permissionAttribute: {} }],
      [{ plugin: 'a', permissionAttribute: {} }],
    ],
  ])('%j', (json, expected) => {
    expect(accessRestrictionsOf(json)).toEqual(expected);
  });
});

describe('what is not understood opens nothing', () => {
  it.each([
    ['an empty list', []],
    ['an empty object', {}],
    ['a text', 'audit-log'],
    ['a missing plugin', [{ permission: ['p'] }]],
    ['an empty plugin', [{ plugin: '' }]],
    ['a misspelt key', [{ plugin: 'a', permissions: ['p'] }]],
    ['no permission in the list', [{ plugin: 'a', permission: [] }]],
    [
      'a misspelt attribute',
      [{ plugin: 'a', permissionAttribute: { actions: 'read' } }],
    ],
    ['one bad entry beside a good one', [{ plugin: 'a' }, { plugin: 7 }]],
  ])('%s', (_, json) => {
    expect(accessRestrictionsOf(json)).toEqual([]);
  });
});

const UNSTORABLE = 'must be text without U+0000 and lone surrogates';

describe('what nobody may be given', () => {
  it.each<[string, unknown, string]>([
    ['U+0000 in a plugin', [{ plugin: 'a\0' }], `0.plugin: ${UNSTORABLE}`],
    ['a high half', [{ plugin: '\ud800' }], `0.plugin: ${UNSTORABLE}`],
    ['a low half', [{ plugin: '\udc00' }], `0.plugin: ${UNSTORABLE}`],
    [
      'a low half in a permission',
      [{ plugin: 'a', permission: '\udc00' }],
      `0.permission: ${UNSTORABLE}`,
    ],
    [
      'a low half in a list of permissions',
      [{ plugin: 'a', permission: ['b', '\udc00'] }],
      `0.permission.1: ${UNSTORABLE}`,
    ],
    [
      'a plugin twice',
      [
        { plugin: 'audit-log', permission: 'audit.log.read' },
        { plugin: 'catalog' },
        { plugin: 'audit-log' },
      ],
      'expected each plugin once, with all that is permitted of it, got "audit-log" several times',
    ],
  ])('%s', (_, json, reason) => {
    expect(checkRestrictions(json)).toEqual({
      status: 'invalid',
      reason: expect.stringContaining(reason),
    });
  });

  it('takes what only looks like it', () => {
    const restrictions = [{ plugin: '\u{1f600} \\udc00 \\u0000' }];
    expect(checkRestrictions(restrictions)).toEqual({
      status: 'valid',
      restrictions,
    });
  });
});
