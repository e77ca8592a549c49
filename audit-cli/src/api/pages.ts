import type { Api } from './api';
import { readJson } from './read-json';

export interface Page<Row> {
  data: Row[];
  next_cursor: string | null;
}

/**
 * The pages of a list, one after the other by their cursors, until the last one, or until nobody takes another. A page may be empty,
 * and others follow.
 *
 * @example
 * for await (const { data } of pagesOf<Stream>(api, '/streams', query, () => 1000)) show(data);
 */
export async function* pagesOf<Row, P extends Page<Row> = Page<Row>>(
  api: Api,
  path: string,
  query: URLSearchParams,
  limit: () => number,
): AsyncGenerator<P> {
  let cursor: string | null = null;
  do {
    const asked = new URLSearchParams(query);
    asked.set('limit', String(limit()));
    if (cursor !== null) asked.set('cursor', cursor);
    const page: P = await readJson<P>(await api.ask(path, { query: asked }));
    yield page;
    cursor = page.next_cursor;
  } while (cursor !== null);
}
