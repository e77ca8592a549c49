import fc from 'fast-check';
import { displayWidth } from './display-width';
import { fit } from './fit';
import { visibleText } from './visible-text';

it.each([
  ['with spaces behind it', 'ab', 4, 'ab  '],
  ['as it is', 'abcd', 4, 'abcd'],
  ['without its middle', 'user:default/john', 11, 'user:…/john'],
  ['as its beginning, where there is little room', 'abcd', 2, 'a…'],
  ['as nothing but that it is cut', 'abcd', 1, '…'],
  ['by columns, not characters', '表表表', 5, '表…表'],
  ['with room left where half a character would be', '表表表', 4, '表… '],
])('puts a text into its columns %s', (_name, text, width, fitted) => {
  expect(fit(text, width)).toBe(fitted);
});

it('has exactly the width asked for', () => {
  const text = fc.string({ unit: 'binary' }).map(visibleText);
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 40 }), (any, width) => {
      expect(displayWidth(fit(any, width))).toBe(width);
    }),
  );
});
