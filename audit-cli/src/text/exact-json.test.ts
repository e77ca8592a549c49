import fc from 'fast-check';
import { exactJson, parseExact } from './exact-json';

it.each([
  '{"n":12345678901234567890}',
  '{"n":[1.10,-0,1e400,0.1234567890123456789]}',
  '{"text":"a","list":[null,true]}',
])('writes %s as it came', (json) => {
  expect(exactJson(parseExact(json))).toBe(json);
});

it.each([
  ['a turn of direction', '\u202e', String.raw`\u202e`],
  ['a letter without width', '\u3164', String.raw`\u3164`],
  ['a variation selector', '\ufe0f', String.raw`\ufe0f`],
  ['one beyond the first plane', '\u{e0100}', String.raw`\udb40\udd00`],
  [
    'a pile of marks',
    `a${'\u0301'.repeat(5)}`,
    `a${'\u0301'.repeat(4)}${String.raw`\u0301`}`,
  ],
])('writes an escape for what nobody would see: %s', (_, text, escaped) => {
  expect(exactJson({ text })).toBe(`{"text":"${escaped}"}`);
});

it('says the same to a program, and nothing to a terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = exactJson({ text });
      expect(json).not.toMatch(
        /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u,
      );
      expect(JSON.parse(json)).toEqual({ text });
    }),
  );
});
