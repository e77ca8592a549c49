import { applyPatches } from './patch';

describe('applyPatches', () => {
  it('changes each place, and takes what stands there as it is', () => {
    expect(
      applyPatches('a.js', 'one $& two', [
        { from: 'one', to: "$'1" },
        { from: 'two', to: '' },
      ]),
    ).toBe("$'1 $& ");
  });

  it.each([
    ['is not there', 'x', 'expected a.js to have "x" once, but it is there 0'],
    [
      'is there twice',
      'o',
      'expected a.js to have "o" once, but it is there 2',
    ],
  ])('throws where a place %s', (_, from, message) => {
    expect(() => applyPatches('a.js', 'foo', [{ from, to: '' }])).toThrow(
      message,
    );
  });
});
