import { emptyJsonObject } from 'audit-event';
import type { JsonValue } from 'audit-event';
import { setAttribute } from './attributes';

describe('setAttribute', () => {
  it.each<[string, [string, JsonValue][], object]>([
    [
      'keeps what differs',
      [
        ['a', 1],
        ['b', 2],
      ],
      { a: 1, b: 2 },
    ],
    [
      'lets the last win and keeps the earlier',
      [
        ['a', 1],
        ['a', 2],
        ['a', null],
      ],
      { a: null, $dup: { a: [1, 2] } },
    ],
    [
      'moves a sender’s own $dup inside',
      [
        ['$dup', 'x'],
        ['a', 1],
        ['a', 2],
      ],
      { a: 2, $dup: { $dup: ['x'], a: [1] } },
    ],
    [
      'keeps a sender’s $dup that comes late',
      [
        ['a', 1],
        ['a', 2],
        ['$dup', 'x'],
      ],
      { a: 2, $dup: { $dup: ['x'], a: [1] } },
    ],
    [
      'treats a repeated $dup as any key',
      [
        ['$dup', 'x'],
        ['$dup', 'y'],
      ],
      { $dup: { $dup: ['x', 'y'] } },
    ],
  ])('%s', (_, entries, expected) => {
    const attributes = emptyJsonObject();
    for (const [key, value] of entries) setAttribute(attributes, key, value);
    expect(attributes).toEqual(expected);
  });
});
