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

it('can be read back, and no cell begins as a formula does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }),
      (cells) => {
        const read = parse(csvLine(cells, false));
        expect(read.map((cell) => cell.replace(/^'/, ''))).toEqual(
          cells.map((cell) => cell.replace(/^'/, '')),
        );
        for (const cell of read) expect(cell).not.toMatch(/^[=+\-@\t\r\0]/);
      },
    ),
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
