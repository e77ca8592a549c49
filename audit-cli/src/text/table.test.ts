import fc from 'fast-check';
import { columnWidths } from './column-widths';
import { displayWidth } from './display-width';
import { createTable } from './table';
import type { Column } from './table';

const columns: Column<{ id: string; word: string }>[] = [
  { title: 'ID', cell: ({ id }) => id },
  {
    title: 'WORD',
    cell: ({ word }) => word,
    isWhole: true,
    style: ({ word }) => (word === 'bad' ? 'red' : undefined),
  },
];
const plain = (_style: string, text: string) => text;

it('keeps the widths of the first rows for all that follow', () => {
  const table = createTable(columns, { width: 20, paint: plain });
  expect(table([{ id: 'a-long-one', word: 'good' }])).toBe(
    'ID          WORD\na-long-one  good\n',
  );
  expect(table([{ id: 'a-much-longer-one', word: 'bad' }])).toBe(
    'a-muc…-one  bad\n',
  );
});

it('cuts nothing where there is no terminal', () => {
  const table = createTable(columns, { width: Infinity, paint: plain });
  const id = 'x'.repeat(500);
  table([{ id: 'a', word: 'good' }]);
  expect(table([{ id, word: 'bad' }])).toBe(`${id}  bad\n`);
});

it('paints what has a style, and the head', () => {
  const table = createTable(columns, {
    width: 40,
    paint: (style, text) => `<${style}>${text}`,
  });
  expect(table([{ id: 'a', word: 'bad' }])).toBe(
    '<bold>ID  <bold>WORD\na   <red>bad\n',
  );
});

it('never takes more room than there is, nor from what must be whole', () => {
  const wanted = fc.array(
    fc.record({
      width: fc.integer({ min: 6, max: 60 }),
      isWhole: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(wanted, fc.integer({ min: 10, max: 200 }), (cells, width) => {
      const given = columnWidths(
        cells.map((cell) => cell.width),
        cells.map((cell) => cell.isWhole),
        width,
      );
      const total = given.reduce(
        (sum, one) => sum + one,
        2 * (cells.length - 1),
      );
      const least = cells.every((cell, i) => cell.isWhole || given[i] === 6);
      expect(total <= width || least).toBe(true);
      cells.forEach((cell, i) => {
        if (cell.isWhole) expect(given[i]).toBe(cell.width);
        expect(given[i]).toBeLessThanOrEqual(cell.width);
      });
    }),
  );
});

it('never breaks a line or leaves the terminal, whatever is in a cell', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (id) => {
      const table = createTable(columns, { width: 30, paint: plain });
      const lines = table([{ id, word: 'good' }]).split('\n');
      expect(lines).toHaveLength(3);
      expect(displayWidth(lines[1]!)).toBeLessThanOrEqual(30);
    }),
  );
});
