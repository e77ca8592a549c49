import { usable } from './preferences';

const nothing = usable(null);

describe('what a browser kept', () => {
  it('is taken as it is where it can be used', () => {
    const kept = {
      theme: 'dark',
      zone: 'utc',
      density: 'compact',
      columns: ['plugin_id'],
      widths: { plugin_id: 120 },
      views: [{ name: 'mine', search: '/?status=failed' }],
      facets: false,
    };
    expect(usable(JSON.stringify(kept))).toEqual(kept);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[1]'],
    ['null', 'null'],
    ['a theme that there is not', '{"theme":"purple"}'],
    ['columns that are none', '{"columns":null}'],
    ['columns that are no texts', '{"columns":[1]}'],
    ['widths that are no numbers', '{"widths":{"plugin_id":"wide"}}'],
    ['views that are no list', '{"views":{}}'],
    ['a view without a name', '{"views":[{"search":"/"}]}'],
    [
      'a view that leads elsewhere',
      '{"views":[{"name":"a","search":"//example.com"}]}',
    ],
    ['a name of every object', '{"__proto__":{"theme":"dark"}}'],
  ])('counts as not chosen when it is %s', (_name, text) => {
    expect(usable(text)).toEqual(nothing);
  });
});
