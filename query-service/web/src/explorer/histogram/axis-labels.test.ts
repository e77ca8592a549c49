import { axisLabels } from './axis-labels';

it.each([
  [1_000, ['0', '50', '95']],
  [300, ['0', '50', '']],
  [50, ['0', '', '']],
])('has room for the labels of an axis of %d pixels: %j', (lengthPx, shown) => {
  const axis = { first: 0, last: 100, lengthPx };
  expect(axisLabels([0, 50, 95], axis, String)).toEqual(shown);
});
