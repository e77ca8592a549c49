import fc from 'fast-check';
import { copiedRows } from '../copied-rows';
import { CopyBuffer, COPY_HEADER, COPY_TRAILER } from '../copy-buffer';
import { eventJson } from './event-json';
import { COPIED_COLUMNS, eventFields } from './event-row';
import { linesOf } from './export-lines';

type Value = string | bigint | null;

/** The first second of 1900, and the last of 2554: what a clock that is wrong may say. */
const US_1900 = -2_208_988_800_000_000n;
const US_2554 = 18_446_744_073_000_000n;

const valueOf = (column: string, i: number): fc.Arbitrary<Value> => {
  if (i === eventFields.indexOf('id')) return fc.uuid();
  if (column === 'text')
    return fc.option(fc.string({ unit: 'binary' }), { nil: null });
  if (column === 'json') return fc.json();
  return fc.bigInt(US_1900, US_2554);
};
const someRow = fc.tuple(...COPIED_COLUMNS.map(valueOf));

/** Rows as Postgres sends them. */
function copyOf(rows: readonly Value[][]): Buffer {
  const out = new CopyBuffer();
  for (const row of rows) {
    out.beginRow(row.length);
    for (const value of row)
      if (typeof value === 'bigint') out.timestamp(value * 1_000n);
      else if (value === null) out.text(value);
      else {
        const bytes = Buffer.from(value);
        out.text('x'.repeat(bytes.length));
        bytes.copy(out.bytes, out.length - bytes.length);
      }
  }
  return Buffer.concat([
    COPY_HEADER,
    out.bytes.subarray(0, out.length),
    COPY_TRAILER,
  ]);
}

it('writes of any row what its texts say, byte for byte, and tells where the last one stands', () => {
  fc.assert(
    fc.property(fc.array(someRow, { maxLength: 4 }), (rows) => {
      const copied = copyOf(rows);
      const { bytes, rows: count, last } = linesOf(copied);
      const cells = copiedRows(copied, COPIED_COLUMNS);
      expect(bytes.toString()).toBe(
        cells.map((one) => `${eventJson(one)}\n`).join(''),
      );
      expect(count).toBe(rows.length);
      expect(last?.time).toBe(cells.at(-1)?.at(-1));
      expect(last?.id).toBe(cells.at(-1)?.[0]);
    }),
  );
});

it.each([
  ['2026-01-15T10:30:00.120Z', 1_768_473_000_120_999n],
  ['2026-01-15T10:30:00.120Z', 1_768_473_000_120_000n],
  ['1969-12-31T23:59:59.999Z', -1n],
  ['2554-07-21T23:34:33.709Z', 18_446_744_073_709_551n],
])('prints %s for microsecond %s', (printed, us) => {
  const row = COPIED_COLUMNS.map((column, i) =>
    i === 0
      ? '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e'
      : column === 'time' || column === 'exact-time'
        ? us
        : null,
  );
  const { bytes, last } = linesOf(copyOf([row]));
  expect(JSON.parse(bytes.toString()).event_time).toBe(printed);
  const below = ((us % 1_000n) + 1_000n) % 1_000n;
  expect(last?.time).toBe(
    `${printed.slice(0, -1)}${String(below).padStart(3, '0')}Z`,
  );
});
