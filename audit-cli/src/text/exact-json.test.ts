import fc from 'fast-check';
import { exactJson, parseExact } from './exact-json';

it.each([
  '{"n":12345678901234567890}',
  '{"n":[1.10,-0,1e400,0.1234567890123456789]}',
  '{"text":"a","list":[null,true]}',
])('writes %s as it came', (json) => {
  expect(exactJson(parseExact(json))).toBe(json);
});

it('says the same to a program, and nothing to a terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = exactJson({ text });
      expect(json).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(JSON.parse(json)).toEqual({ text });
    }),
  );
});
