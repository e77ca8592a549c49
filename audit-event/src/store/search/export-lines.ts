import { exactTime, visitCopy } from '../copied-rows';
import { copiedTime } from '../copied-time';
import { JsonBytes } from '../json-bytes';
import { beforeFields } from './event-json';
import { COPIED_COLUMNS, eventFields } from './event-row';
import type { Position } from './event-row';
import type { EventSearch } from './event-search';
import { copyPage } from './export-cells';
import type { CopySource } from './export-cells';
import { exportPages } from './export-pages';
import type { ExportOptions } from './export-pages';

/** Lines of NDJSON. */
export interface Lines {
  bytes: Buffer;
  rows: number;
}

const FIELDS = eventFields.length;
const ID = eventFields.indexOf('id');
const UUID_CHARACTERS = 36;
/** With the names of the fields most events are so many times as large. */
const GROWTH = 2.5;
const BEFORE = beforeFields.map((text) => Buffer.from(text));
const NULL = Buffer.from('null');
const BEHIND = Buffer.from('}\n');

/**
 * All events that a search finds, as lines of NDJSON, byte for byte as `eventJson` writes them: from the bytes of the database
 * straight to those of the answer, which takes a fraction of making texts of them first.
 *
 * @throws what the database throws
 * @example
 * for await (const { bytes } of exportLines(search, { inTransaction })) await send(bytes);
 */
export function exportLines(
  search: EventSearch,
  options: ExportOptions<CopySource>,
): AsyncGenerator<Lines> {
  return exportPages(search, options, async (db, part, page) => {
    const copied = await copyPage(db, part, page);
    const { last, ...lines } = linesOf(copied);
    return { page: lines, rows: lines.rows, last, characters: copied.length };
  });
}

/** Lines of a COPY of `COPIED`, and where the last one stands. */
export function linesOf(copied: Buffer): Lines & { last?: Position } {
  const json = new JsonBytes(Math.ceil(GROWTH * copied.length));
  let idStart = 0;
  let timeStart = 0;
  const rows = visitCopy(copied, COPIED_COLUMNS.length, (i, start, end) => {
    if (i === FIELDS) {
      timeStart = start;
      json.raw(BEHIND);
      return;
    }
    if (i === ID) idStart = start;
    json.raw(BEFORE[i]!);
    const column = COPIED_COLUMNS[i]!;
    if (end < 0) json.raw(NULL);
    else if (column === 'text') json.text(copied, start, end);
    else if (column === 'json') json.json(copied, start, end);
    else json.time(copiedTime(copied, start).ms);
  });
  if (rows === 0) return { bytes: json.bytes, rows };
  const id = copied.toString('latin1', idStart, idStart + UUID_CHARACTERS);
  return {
    bytes: json.bytes,
    rows,
    last: { time: exactTime(copied, timeStart), id },
  };
}
