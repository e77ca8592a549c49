import { COPY_HEADER } from './copy-buffer';
import { copiedTime } from './copied-time';
import { timeText } from './time-text';

/** What a column is read as: text; text that is JSON; a time in UTC to the millisecond that it is in, or exactly. */
export type CopiedColumn = 'text' | 'json' | 'time' | 'exact-time';

const COUNT_BYTES = 2;
const LENGTH_BYTES = 4;
/** Stands where the number of columns would, behind the last row. */
const NO_MORE_ROWS = -1;
const NULL_LENGTH = -1;

/**
 * Goes through a binary `copy ... to stdout`
 * (https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-BINARY-FORMAT).
 *
 * @param columns how many there are
 * @param onValue gets the place of a column and the bytes from `start` to `end`, which is -1 for null
 * @returns how many rows there are
 * @throws RangeError when the bytes end early
 */
export function visitCopy(
  bytes: Buffer,
  columns: number,
  onValue: (column: number, start: number, end: number) => void,
): number {
  let rows = 0;
  let at = COPY_HEADER.length;
  while (bytes.readInt16BE(at) !== NO_MORE_ROWS) {
    at += COUNT_BYTES;
    for (let column = 0; column < columns; column++) {
      const length = bytes.readInt32BE(at);
      at += LENGTH_BYTES;
      if (length === NULL_LENGTH) onValue(column, at, NULL_LENGTH);
      else onValue(column, at, (at += length));
    }
    rows += 1;
  }
  return rows;
}

/**
 * The rows of a binary COPY as texts, null for null.
 *
 * @param columns what each is read as: texts must be texts in the database, times `timestamptz`
 * @example
 * copiedRows(await copyOut(client, 'copy (select now()) to stdout (format binary)'), ['time']); // [['2026-01-15T10:30:00.000Z']]
 */
export function copiedRows(
  bytes: Buffer,
  columns: readonly CopiedColumn[],
): (string | null)[][] {
  const rows: (string | null)[][] = [];
  visitCopy(bytes, columns.length, (column, start, end) => {
    if (column === 0) rows.push([]);
    rows
      .at(-1)!
      .push(
        end === NULL_LENGTH
          ? null
          : textOf(bytes, columns[column]!, start, end),
      );
  });
  return rows;
}

function textOf(
  bytes: Buffer,
  column: CopiedColumn,
  start: number,
  end: number,
): string {
  switch (column) {
    case 'text':
    case 'json':
      return bytes.toString('utf8', start, end);
    case 'time':
      return timeText(copiedTime(bytes, start).ms);
    default:
      return exactTime(bytes, start);
  }
}

/** A time to the microsecond, as Postgres reads it. */
export function exactTime(bytes: Buffer, start: number): string {
  const { ms, us } = copiedTime(bytes, start);
  return `${timeText(ms).slice(0, -1)}${String(us).padStart(3, '0')}Z`;
}
