import { compareRules } from './compare-rules';

it('tells what is added, removed and stays, whatever the order of keys, and once', () => {
  const there = [{ actorId: 'plugin:*', eventId: 'a' }, { eventId: 'gone' }];
  const wanted = [
    { eventId: 'a', actorId: 'plugin:*' },
    { eventId: 'new' },
    { eventId: 'new' },
  ];
  expect(compareRules(there, wanted)).toEqual({
    added: [{ eventId: 'new' }],
    removed: [{ eventId: 'gone' }],
    kept: [there[0]],
  });
});

it('does not take a pattern with a comma for two', () => {
  const { added } = compareRules(
    [{ actorId: 'a', eventId: 'b' }],
    [{ actorId: 'a, eventId: b' }],
  );
  expect(added).toHaveLength(1);
});
