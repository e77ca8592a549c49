import { between, oneOf, seededRandom, shuffled } from './seeded-random';

const take = (...names: (string | number)[]) => {
  const random = seededRandom(...names);
  return Array.from({ length: 1000 }, random);
};

describe('seededRandom', () => {
  it('gives the same numbers for the same names, others for others', () => {
    expect(take(7, 'kills')).toEqual(take(7, 'kills'));
    expect(take(7, 'kills')).not.toEqual(take(8, 'kills'));
    expect(take(7, 'kills')).not.toEqual(take(7, 'answers'));
  });

  it('spreads over 0 to below 1', () => {
    const numbers = take(1);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.min(...numbers)).toBeLessThan(0.02);
    expect(Math.max(...numbers)).toBeGreaterThan(0.98);
    expect(Math.max(...numbers)).toBeLessThan(1);
  });
});

it('between gives every whole number from the one to the other', () => {
  const random = seededRandom(1);
  const numbers = Array.from({ length: 200 }, () => between(random, 3, 5));
  expect(new Set(numbers)).toEqual(new Set([3, 4, 5]));
});

it('oneOf gives every item', () => {
  const random = seededRandom(1);
  const items = Array.from({ length: 200 }, () => oneOf(random, ['a', 'b']));
  expect(new Set(items)).toEqual(new Set(['a', 'b']));
});

it('shuffled keeps all items and changes their order', () => {
  const items = Array.from({ length: 100 }, (_, i) => i);
  const order = shuffled(seededRandom(1), items);
  expect(order).not.toEqual(items);
  expect(order.toSorted((a, b) => a - b)).toEqual(items);
});
