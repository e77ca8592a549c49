import fc from 'fast-check';
import { recordCounter } from './count-records';
import { holdLastLine } from './hold-last-line';

/** A text in pieces, cut anywhere. */
const inPieces = (text: string, places: readonly number[]) => {
  const bytes = Buffer.from(text);
  const cuts = [
    0,
    ...places.map((at) => Math.min(at, bytes.length)).toSorted((a, b) => a - b),
    bytes.length,
  ];
  return cuts.slice(1).map((end, i) => bytes.subarray(cuts[i], end));
};
const places = fc.array(fc.nat(60), { maxLength: 10 });

it('holds back the last line, and nothing else, however it is cut', () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'ü'), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(line), line, places, (lines, last, cuts) => {
      const before = lines.map((one) => `${one}\n`).join('');
      const holder = holdLastLine();
      const free = inPieces(`${before}${last}\n`, cuts).map((piece) =>
        holder.push(piece),
      );
      expect(Buffer.concat(free).toString()).toBe(before);
      expect(Buffer.from(holder.last()).toString()).toBe(`${last}\n`);
    }),
  );
});

it('counts records of CSV, not lines, however it is cut', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', '\n', '\r', ',') });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell)), places, (rows, cuts) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const csv = rows
        .map(([a, b]) => `${quoted(a)},${quoted(b)}\r\n`)
        .join('');
      const count = recordCounter('csv');
      const counts = inPieces(csv, cuts).map((piece) => count(piece));
      expect(counts.at(-1)).toBe(rows.length);
    }),
  );
});
