import { validateHeaderValue } from 'node:http';
import fc from 'fast-check';
import { unknownParameters } from './unknown-parameters';

it('names them', () => {
  expect(unknownParameters(['sort', 'page'])).toBe(
    '299 otel-audit "ignored unknown parameters: sort, page"',
  );
});

it('names ten and counts the rest', () => {
  const names = Array.from({ length: 12 }, (_, index) => `p${index}`);
  expect(unknownParameters(names)).toMatch(/p8, p9, and 2 more"$/);
});

it('whatever the names, is one header with one quoted text, and short', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', maxLength: 200 })),
      (names) => {
        const header = unknownParameters(names);
        expect(() => validateHeaderValue('Warning', header)).not.toThrow();
        expect(header).toMatch(/^299 otel-audit "[^"\\]*"$/);
        expect(header.length).toBeLessThan(10_000);
      },
    ),
  );
});
