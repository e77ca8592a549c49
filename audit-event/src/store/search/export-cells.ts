import { copiedRows } from '../copied-rows';
import { literal } from '../literal';
import type { Queryable } from '../queryable';
import { COPIED, COPIED_COLUMNS, eventFields } from './event-row';
import type { Cells } from './event-row';
import type { EventSearch } from './event-search';
import { exportPages } from './export-pages';
import type { ExportOptions } from './export-pages';
import { pageSql } from './page-sql';
import type { EventPage } from './page-sql';

/** What can be copied from. */
export interface CopySource extends Queryable {
  /** Runs a `copy ... to stdout (format binary)` and resolves to all of its bytes. */
  copyOut(statement: string): Promise<Buffer>;
}

const ID = eventFields.indexOf('id');

/**
 * All events that a search finds, each as texts. By COPY: rows of many columns cost the driver several times as much.
 *
 * @throws what the database throws
 * @example
 * for await (const page of exportCells(search, { inTransaction })) await write(page.map(csvLine));
 */
export function exportCells(
  search: EventSearch,
  options: ExportOptions<CopySource>,
): AsyncGenerator<Cells[]> {
  return exportPages(search, options, async (db, part, page) => {
    const bytes = await copyPage(db, part, page);
    const events = copiedRows(bytes, COPIED_COLUMNS);
    const times = events.map((cells) => cells.pop()!);
    const end = events.at(-1);
    return {
      page: events,
      rows: events.length,
      last: end && { time: times.at(-1)!, id: end[ID]! },
      characters: bytes.length,
    };
  });
}

/** The bytes of a COPY of `COPIED` of one page. */
export function copyPage(
  db: CopySource,
  search: EventSearch,
  page: EventPage,
): Promise<Buffer> {
  const select = pageSql(search, page, COPIED, literal);
  return db.copyOut(`copy (${select}) to stdout (format binary)`);
}
