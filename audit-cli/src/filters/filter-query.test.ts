import fc from 'fast-check';
import { filterQuery } from './filter-query';
import type { FilterOptions } from './filter-query';

it.each<[string, FilterOptions, [string, string][]]>([
  ['nothing', {}, []],
  [
    'a field',
    { actor: ['user:default/john'] },
    [['actor_id', 'user:default/john']],
  ],
  [
    'several values',
    { status: ['failed', 'initiated'] },
    [
      ['status', 'failed'],
      ['status', 'initiated'],
    ],
  ],
  ['none of a value', { notActorType: ['user'] }, [['actor_type!', 'user']]],
  [
    'meta',
    { meta: ['owner.team=a=b', 'x!=1'] },
    [
      ['meta.owner.team', 'a=b'],
      ['meta.x!', '1'],
    ],
  ],
  [
    'an equals sign in a key',
    { meta: [String.raw`a\=b=c`] },
    [[String.raw`meta.a\=b`, 'c']],
  ],
  ['any other', { where: ['has!=entity_ref'] }, [['has!', 'entity_ref']]],
  ['words', { text: '"not allowed"' }, [['q', '"not allowed"']]],
])('%s', (_name, options, expected) => {
  expect([...filterQuery(options)]).toEqual(expected);
});

it.each<[FilterOptions, string | RegExp]>([
  [
    { entity: [''] },
    "--entity must have a value; for what is absent say --where 'has!=entity_ref'",
  ],
  [
    { notEntity: [''] },
    '--not-entity must have a value; for what is there say --where has=entity_ref',
  ],
  // The API knows no presence of these.
  [{ meta: ['owner.team='] }, /^--meta must have a value$/],
  [{ where: ['has='] }, /^--where must have a value$/],
  [{ text: '' }, /^--text must have a value$/],
  [
    { where: ['host_name'] },
    '--where must be a name and a value such as host_name=node-7, got "host_name"',
  ],
  [
    { meta: ['=x'] },
    '--meta must be a name and a value such as owner.team=shop, got "=x"',
  ],
])('refuses %j', (options, message) => {
  expect(() => filterQuery(options)).toThrow(message);
});

it('passes every value on as it is', () => {
  const value = fc.string({ unit: 'grapheme', minLength: 1 });
  fc.assert(
    fc.property(fc.array(value), (values) => {
      const sent = filterQuery({
        actor: values,
        meta: values.map((one) => `a=${one}`),
      });
      const read = new URLSearchParams(sent.toString());
      expect([read.getAll('actor_id'), read.getAll('meta.a')]).toEqual([
        values,
        values,
      ]);
    }),
  );
});
