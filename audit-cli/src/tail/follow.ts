import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../api/api';
import { readJson } from '../api/read-json';
import type { ListedEvent } from '../event';
import { Failure, notAsked } from '../failure';
import { MAX_RETRY_MS, PAGE_SIZE, RETRY_MS } from '../limits';
import { parseExact } from '../text/exact-json';
import { openTail } from './open-tail';

export interface FollowOptions {
  filters: URLSearchParams;
  /** Begins with what was recorded from then on; now, when not given. */
  since: string | undefined;
  /** Told once for each time that the connection is lost. */
  onCut: (reason: string) => void;
}

interface TailPage {
  data: ListedEvent[];
  next_cursor: string;
}

/**
 * The events as they are committed, for ever. Whatever cuts the connection, it goes on behind the last event that was taken: none is missed
 * and none comes twice.
 *
 * @throws Failure when the first request is refused or reaches nobody, later only for what waiting does not heal
 * @example
 * for await (const events of follow(api, { filters, since: undefined, onCut })) await write(events);
 */
export async function* follow(
  api: Api,
  { filters, since, onCut }: FollowOptions,
): AsyncGenerator<readonly ListedEvent[]> {
  // Not by the stream: what is committed before its first message would be missed if it broke off before that.
  const first = new URLSearchParams(filters);
  first.set('format', 'json');
  first.set('limit', String(PAGE_SIZE));
  if (since !== undefined) first.set('since', since);
  const page = await readJson<TailPage>(
    await api.ask('/tail', { query: first }),
  );
  yield page.data;

  let cursor = page.next_cursor;
  let failures = 0;
  for (;;) {
    let reason = 'the service ended the stream';
    try {
      for await (const { id, event, data } of openTail(api, filters, cursor)) {
        // What a service says to everybody who comes shows no more than that it lives; it may end each stream at once.
        if (event !== undefined || (id !== undefined && id !== cursor))
          failures = 0;
        if (event === 'audit-event' && data !== undefined)
          yield [eventIn(data)];
        // Only now: what was not taken comes again.
        if (id !== undefined && id !== '') cursor = id;
      }
    } catch (error) {
      if (!mayHeal(error)) throw error;
      reason = error.message;
    }
    if (failures === 0) onCut(reason);
    await sleep(Math.min(RETRY_MS * 2 ** failures, MAX_RETRY_MS));
    failures += 1;
  }
}

function eventIn(data: string): ListedEvent {
  try {
    return parseExact(data) as ListedEvent;
  } catch (error) {
    throw notAsked(
      'expected an event in JSON from the tail, got something else',
      error,
    );
  }
}

/** What cuts a connection is no failure of ours. */
function mayHeal(error: unknown): error is Error {
  return !(error instanceof Failure) || error.mayHeal;
}
