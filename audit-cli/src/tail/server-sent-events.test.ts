import fc from 'fast-check';
import { messagesOf } from './server-sent-events';
import type { Message } from './server-sent-events';

async function read(pieces: readonly string[]): Promise<Message[]> {
  const found: Message[] = [];
  const stream = (async function* () {
    yield* pieces;
  })();
  for await (const message of messagesOf(stream)) found.push(message);
  return found;
}

it.each<[string, string, Message[]]>([
  [
    'an event',
    'id: 1\nevent: audit-event\ndata: {}\n\n',
    [{ id: '1', event: 'audit-event', data: '{}' }],
  ],
  ['one without data', 'retry: 2000\nid: 1\n\n', [{ id: '1' }]],
  ['data of several lines', 'data: a\ndata:b\n\n', [{ data: 'a\nb' }]],
  ['a comment', ': heartbeat\n\n', []],
  ['a colon in a value', 'data: a: b\n\n', [{ data: 'a: b' }]],
  ['what is not whole', 'id: 1\n\nid: 2\ndata: {}\n', [{ id: '1' }]],
])('reads %s', async (_name, text, expected) => {
  expect(await read([text])).toEqual(expected);
});

it('reads the same however it is cut, with any line ends', async () => {
  const text =
    'id: 1\ndata: a\n\nid: 2\nevent: audit-event\ndata: {"b": 1}\n\n';
  const expected = await read([text]);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.nat(70), { maxLength: 8 }),
      async (lineEnd, places) => {
        // A CR at the very end could be half of a line end still.
        const all = `${text.replaceAll('\n', lineEnd)}:${lineEnd}`;
        const cuts = [0, ...places.toSorted((a, b) => a - b), all.length];
        const pieces = cuts.slice(1).map((end, i) => all.slice(cuts[i], end));
        expect(await read(pieces)).toEqual(expected);
      },
    ),
  );
});
