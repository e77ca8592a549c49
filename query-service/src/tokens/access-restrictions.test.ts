import { accessRestrictionsOf } from './access-restrictions';

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
