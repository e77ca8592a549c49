import { dirname } from 'node:path';
import fc from 'fast-check';
import { serviceDirectory } from './service-directory';

describe('serviceDirectory', () => {
  it.each([
    ['shop', '/spool/shop'],
    ['shop/eu', '/spool/shop%2Feu'],
    ['..', '/spool/%2E.'],
    ['.', '/spool/%2E'],
    ['a.b', '/spool/a.b'],
  ])('of %s is %s', (name, path) => {
    expect(serviceDirectory('/spool', name)).toBe(path);
  });

  it('is in the spool, whatever the name, and of no other service', () => {
    const name = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(name, name, (one, other) => {
        const path = serviceDirectory('/spool', one);
        expect(dirname(path)).toBe('/spool');
        expect(path === serviceDirectory('/spool', other)).toBe(one === other);
      }),
    );
  });
});
