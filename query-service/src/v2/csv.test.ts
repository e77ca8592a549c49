import fc from 'fast-check';
import { csvLine } from './csv';

it.each<[string, (string | null)[], string]>([
  ['plain cells', ['a', null, 'b'], 'a,,b\r\n'],
  [
    'a comma, a quote, a line break',
    ['a,b', 'a"b', 'a\nb'],
    '"a,b","a""b","a\nb"\r\n',
  ],
  [
    'formulas',
    ['=1', '+1', '-1', '@x', '\tx', '\0x'],
    "'=1,'+1,'-1,'@x,'\tx,'\0x\r\n",
  ],
  [
    'formulas in full width, and behind what is left out',
    ['\uff1d1', '\uff0b1', '\uff0d1', '\uff20x', ' =1', '\ufeff=1', '\n=1'],
    `'\uff1d1,'\uff0b1,'\uff0d1,'\uff20x,' =1,'\ufeff=1,"'\n=1"\r\n`,
  ],
  [
    'a formula with a comma',
    ['=HYPERLINK("x","y")'],
    `"'=HYPERLINK(""x"",""y"")"\r\n`,
  ],
])('writes %s', (_, cells, line) => {
  expect(csvLine(cells, false)).toBe(line);
});

it('leaves formulas alone where that is asked for', () => {
  expect(csvLine(['=1', '-5'], true)).toBe('=1,-5\r\n');
});

/** Texts of what may matter, and any others. */
const cell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      ...`=+-@\t\r\n\0,;"' |1A!\ufeff\u00a0\uff1d\uff0b\uff0d\uff20`,
    ),
  }),
);

it('can be read back, and no cell begins as a formula does', () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
      const read = parse(csvLine(cells, false));
      expect(read).toHaveLength(cells.length);
      for (const [i, text] of cells.entries())
        expect([text, `'${text}`]).toContain(read[i]);
      for (const text of read) {
        expect(text.trimStart()).not.toMatch(/^[=+\-@＝＋－＠]/);
        expect(text).not.toMatch(/^[\t\r\n\0]/);
      }
    }),
  );
});

/** One line by RFC 4180, character by character. */
function parse(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < line.length - 2; i++) {
    const char = line[i]!;
    if (isQuoted && char === '"' && line[i + 1] === '"') cell += line[i++]!;
    else if (char === '"') isQuoted = !isQuoted;
    else if (char === ',' && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += char;
  }
  return [...cells, cell];
}
