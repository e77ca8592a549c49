import type { AccessRestriction } from 'audit-event/store';
import { readPermission } from './audit-log-plugin';
import { authorize } from './authorize';

const pass = (accessRestrictions: AccessRestriction[] | null) =>
  authorize({ subject: 'test', accessRestrictions }, readPermission);

describe('lets pass', () => {
  it.each<[string, AccessRestriction[] | null]>([
    ['no restriction', null],
    ['the plugin', [{ plugin: 'audit-log' }]],
    [
      'plugin and permission',
      [{ plugin: 'audit-log', permission: ['audit.log.read'] }],
    ],
    [
      'the permission among others',
      [{ plugin: 'audit-log', permission: ['x', 'audit.log.read'] }],
    ],
    [
      'the attribute',
      [
        {
          plugin: 'audit-log',
          permissionAttribute: { action: ['create', 'read'] },
        },
      ],
    ],
    [
      'an attribute left open',
      [{ plugin: 'audit-log', permissionAttribute: {} }],
    ],
    [
      'the plugin among others',
      [{ plugin: 'catalog' }, { plugin: 'audit-log' }],
    ],
  ])('%s', (_, restrictions) => {
    expect(() => pass(restrictions)).not.toThrow();
  });
});

const MISSING = 'Unauthorized, missing permission audit.log.read';

describe('refuses', () => {
  it.each<[string, AccessRestriction[], string]>([
    [
      'another plugin',
      [{ plugin: 'catalog' }],
      "This token's access is restricted to plugin(s) 'catalog'",
    ],
    [
      'two other plugins',
      [{ plugin: 'catalog' }, { plugin: 'search' }],
      "This token's access is restricted to plugin(s) 'catalog', 'search'",
    ],
    ['no plugin at all', [], "This token's access is restricted to plugin(s) "],
    [
      'another permission',
      [{ plugin: 'audit-log', permission: ['audit.log.write'] }],
      MISSING,
    ],
    [
      'another attribute',
      [{ plugin: 'audit-log', permissionAttribute: { action: ['update'] } }],
      MISSING,
    ],
    [
      'the permission with another attribute',
      [
        {
          plugin: 'audit-log',
          permission: ['audit.log.read'],
          permissionAttribute: { action: ['update'] },
        },
      ],
      MISSING,
    ],
    [
      'the permission on another plugin',
      [{ plugin: 'catalog', permission: ['audit.log.read'] }],
      "This token's access is restricted to plugin(s) 'catalog'",
    ],
  ])('%s', (_, restrictions, message) => {
    expect(() => pass(restrictions)).toThrow(
      expect.objectContaining({ name: 'NotAllowedError', message }),
    );
  });
});
