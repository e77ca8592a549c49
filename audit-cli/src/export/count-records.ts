const QUOTE = 0x22;
const NEWLINE = 0x0a;

/**
 * Counts the lines of NDJSON, or the records of CSV, in which a cell in quotes may have lines of its own (RFC 4180), as their bytes come.
 *
 * @example
 * const count = recordCounter('csv');
 * count(Buffer.from('a,"b\r\n')); // 0
 * count(Buffer.from('c"\r\n')); // 1
 */
export function recordCounter(
  format: 'ndjson' | 'csv',
): (bytes: Uint8Array) => number {
  let records = 0;
  let isQuoted = false;
  return function countRecords(bytes) {
    for (const byte of bytes) {
      // A quote within a cell is written twice, and so changes nothing.
      if (byte === QUOTE && format === 'csv') isQuoted = !isQuoted;
      else if (byte === NEWLINE && !isQuoted) records += 1;
    }
    return records;
  };
}
