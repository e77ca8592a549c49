import { commitPositionAt, listCommits } from 'audit-event/store';
import type { CommitPosition, CommittedPage } from 'audit-event/store';
import type { RequestHandler } from 'express';
import { limitIn } from '../http/page-limit';
import {
  cursorParameter,
  limitParameter,
  oneWord,
  utcTime,
} from '../http/parameter-table';
import { createPlaces } from '../access/places';
import { queryOf } from '../query-of';
import { requireReader } from '../reader';
import type { ReaderDeps } from '../reader';
import { cursorContext, openCursor, sealCursor } from './cursor';
import { ALL_TIMES } from '../http/range';
import { readSearch } from './search/read-search';
import { streamEvents } from './stream-events';

/** Below the plugin. */
export const TAIL_PATH = '/v2/tail';

export const tailFormats = ['sse', 'json'] as const;

/** Beside the filters. */
export const tailParameters = {
  format: oneWord('A stream, or one page of JSON', tailFormats, 'sse'),
  cursor: cursorParameter,
  since: utcTime(
    'Begin with what was recorded from then on; now without it and a cursor',
  ),
  limit: limitParameter,
  start_time: utcTime('First event_time, inclusive; any when not given'),
  end_time: utcTime('Last event_time, inclusive; any when not given'),
};

/**
 * `GET /v2/tail`: events in the order in which they were committed, as server-sent events or, for those who ask again and again, a
 * page of JSON. Whoever goes on from its cursor misses nothing, however late it was committed.
 */
export function tailRoute(deps: ReaderDeps): RequestHandler {
  const { tails, tailsPerSubject, stalledMs } = deps.limits;
  const places = createPlaces('live tails', {
    perSubject: tailsPerSubject,
    inAll: tails,
  });

  return async function tailV2(req, res) {
    const reader = await requireReader(req, deps);

    const { search, params, fingerprint } = readSearch(
      queryOf(req.url),
      tailParameters,
      ALL_TIMES,
    );
    const format = params.oneOf('format', tailFormats) ?? 'sse';
    const limit = limitIn(params);
    const since = params.time('since');
    if (format === 'sse') places.take(res, reader.access.grant.subject);
    const question = ['tail', fingerprint];
    const context = await cursorContext(deps, reader.access, question);
    // A browser that connects again has the URL of the first time, and says here how far it came.
    const cursor = req.get('Last-Event-ID') || params.text('cursor');
    const begin =
      cursor === undefined
        ? await deps.database.inSnapshot((db) => commitPositionAt(db, since))
        : (openCursor(cursor, context) as CommitPosition);
    const next = async (after: CommitPosition): Promise<CommittedPage> => {
      // A stream lasts: what its reader may see, and that he reads, holds for as long as it does.
      const { noteRows } =
        format === 'sse' ? await requireReader(req, deps) : reader;
      const page = await deps.database.inSnapshot((db) =>
        listCommits(db, search, { after, limit }),
      );
      noteRows(page.events.length);
      return page;
    };
    const seal = (position: CommitPosition) => sealCursor(position, context);

    if (format === 'sse') {
      const { stopping } = deps;
      return streamEvents(res, { begin, next, seal, stopping, stalledMs });
    }
    const page = await next(begin);
    res
      .type('json')
      .send(
        `{"data":[${page.events.map(({ json }) => json).join(',')}],"next_cursor":${JSON.stringify(seal(page.position))},"has_more":${page.hasMore}}`,
      );
  };
}
