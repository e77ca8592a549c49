import type { Api } from '../api/api';
import { wrongUsage } from '../failure';
import { follow } from './follow';

const STREAMS = 3;

/** A service that ends each stream behind its first messages, and refuses after some streams. */
function serviceThatSends(messages: string): Api {
  let streams = 0;
  return {
    headers: {},
    address: () => new URL('http://127.0.0.1:9'),
    ask: async (_path, question) => {
      if (question?.query?.get('format') === 'json')
        return Response.json({ data: [], next_cursor: 'begin' });
      streams += 1;
      if (streams > STREAMS) throw wrongUsage('refused');
      return new Response(messages);
    },
  };
}

it.each([
  ['once, when streams only greet', 'retry: 2000\nid: begin\n\n', 1],
  [
    'each time, when streams have events',
    'id: begin\n\nid: 1\nevent: audit-event\ndata: {}\n\n',
    STREAMS,
  ],
])('tells of a cut %s', async (_name, messages, cuts) => {
  const told: string[] = [];
  const events = follow(serviceThatSends(messages), {
    filters: new URLSearchParams(),
    since: undefined,
    onCut: (reason) => void told.push(reason),
  });
  const all = async () => {
    for await (const _ of events);
  };
  await expect(all()).rejects.toThrow('refused');
  expect(told).toHaveLength(cuts);
});
