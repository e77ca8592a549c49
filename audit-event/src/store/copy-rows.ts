import { COPY_HEADER, COPY_TRAILER } from './copy-buffer';
import type { Rows } from './rows';

/** The bytes of a COPY of all these rows, in pieces, so that none is copied once more. */
export function copyOfRows(blocks: readonly Rows[]): Uint8Array[] {
  return copyOf(blocks.map((rows) => rows.slice(0, rows.count)));
}

/** The bytes of a COPY of rows that are given as bytes. */
export function copyOf(rows: Uint8Array[]): Uint8Array[] {
  return [COPY_HEADER, ...rows, COPY_TRAILER];
}
