import type { Queryable } from '../queryable';
import { timeText } from '../time-text';
import { eventRowOf, WHOLE } from './event-row';
import type { Position } from './event-row';
import type { EventSearch } from './event-search';
import { exportPages } from './export-pages';
import type { ExportOptions } from './export-pages';
import { pageSql } from './page-sql';
import { parameters } from './search-sql';

/**
 * All events that a search finds, each as one JSON object of all that is known of it.
 *
 * @throws what the database throws
 * @example
 * for await (const page of exportEvents(search, { inTransaction })) await write(page);
 */
export function exportEvents(
  search: EventSearch,
  options: ExportOptions<Queryable>,
): AsyncGenerator<string[]> {
  return exportPages(search, options, async (db, part, page) => {
    const { values, bind } = parameters();
    const { rows } = await db.query(pageSql(part, page, WHOLE, bind), values);
    const events = rows.map(eventRowOf);
    return {
      page: events.map(({ json }) => json),
      rows: events.length,
      last: events.at(-1)?.position,
      characters: events.reduce((sum, { json }) => sum + json.length, 0),
    };
  });
}

/** Where an event stands that a client knows by its id and the millisecond that it was shown. */
export async function positionOf(
  db: Queryable,
  id: string,
  ms: number,
): Promise<Position | undefined> {
  const { rows } = await db.query(
    `select to_char(event_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as time, id::text
     from audit.event
     where event_time >= $2::timestamptz and event_time < $3::timestamptz and id = $1::uuid
     limit 1`,
    [id, timeText(ms), timeText(ms + 1)],
  );
  return rows[0] as Position | undefined;
}
