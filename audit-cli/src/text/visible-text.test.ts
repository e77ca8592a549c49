import fc from 'fast-check';
import { visibleText } from './visible-text';

it.each([
  ['plain text', 'user:default/john', 'user:default/john'],
  ['letters of any script', 'Zoë 表 שלום', 'Zoë 表 שלום'],
  ['an escape sequence', '\u001b[31m', String.raw`\u{1b}[31m`],
  ['one that begins in C1', '\u009b31m', String.raw`\u{9b}31m`],
  ['line ends', 'a\r\nb\tc', String.raw`a\r\nb\tc`],
  ['a turn of direction', 'a\u202eb', String.raw`a\u{202e}b`],
  ['what has no width', 'jo\u200bhn\u3164', String.raw`jo\u{200b}hn\u{3164}`],
  ['half a pair', '\ud800', String.raw`\u{d800}`],
  ['a space of another kind', 'a\u00a0b', 'a b'],
  [
    'a pile of marks',
    `a${'\u0301'.repeat(6)}`,
    `a${'\u0301'.repeat(4)}${String.raw`\u{301}`.repeat(2)}`,
  ],
])('shows %s', (_name, text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

it('lets nothing through that is not seen, and does nothing to what is visible already', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = visibleText(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(visibleText(shown)).toBe(shown);
    }),
  );
});
