import fc from 'fast-check';
import { permissions, printScope, restrictionsOf, scopeOf } from './scope';

it.each([
  ['no restriction', null, 'audit-log: everything'],
  ['the plugin', [{ plugin: 'audit-log' }], 'audit-log: everything'],
  [
    'two permissions',
    [
      {
        plugin: 'audit-log',
        permission: ['audit.log.read', 'audit.log.export'],
      },
    ],
    'audit-log: audit.log.read, audit.log.export',
  ],
  ['another plugin', [{ plugin: 'catalog' }], '[{"plugin":"catalog"}]'],
  [
    'a permission of another release',
    [{ plugin: 'audit-log', permission: ['audit.new'] }],
    '[{"plugin":"audit-log","permission":["audit.new"]}]',
  ],
  [
    'an attribute',
    [{ plugin: 'audit-log', permissionAttribute: { action: ['read'] } }],
    '[{"plugin":"audit-log","permissionAttribute":{"action":["read"]}}]',
  ],
  ['nothing', [], '[]'],
  ['a slip of the pen', 'audit-log', '"audit-log"'],
])('prints %s', (_name, restrictions, expected) => {
  expect(printScope(scopeOf(restrictions))).toBe(expected);
});

it('comes back as the restrictions that it was made of', () => {
  const names = fc.subarray(permissions.map(([name]) => name));
  fc.assert(
    fc.property(names, (permission) => {
      const restrictions = [{ plugin: 'audit-log', permission }];
      expect(restrictionsOf(scopeOf(restrictions))).toEqual(restrictions);
    }),
  );
  const other = [{ plugin: 'catalog' }, { plugin: 'audit-log' }];
  expect(restrictionsOf(scopeOf(other))).toEqual(other);
});
