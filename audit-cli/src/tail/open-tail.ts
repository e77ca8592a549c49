import type { Api } from '../api/api';
import { TAIL_SILENCE_MS } from '../limits';
import { messagesOf } from './server-sent-events';
import type { Message } from './server-sent-events';

/**
 * One connection to the tail, behind a cursor, until it is cut. One that is silent for longer than the service ever is counts as
 * cut.
 *
 * @throws whatever cut it; a Failure when the service refuses
 */
export async function* openTail(
  api: Api,
  filters: URLSearchParams,
  cursor: string,
): AsyncGenerator<Message> {
  const silence = new AbortController();
  const watch = setTimeout(
    () => silence.abort(new Error('nothing came for too long')),
    TAIL_SILENCE_MS,
  );
  try {
    const answer = await api.ask('/tail', {
      query: filters,
      headers: { 'last-event-id': cursor, accept: 'text/event-stream' },
      signal: silence.signal,
    });
    const text = answer.body!.pipeThrough(new TextDecoderStream());
    yield* messagesOf(heard(text, () => watch.refresh()));
  } finally {
    clearTimeout(watch);
    silence.abort();
  }
}

async function* heard(
  pieces: AsyncIterable<string>,
  onPiece: () => void,
): AsyncGenerator<string> {
  for await (const piece of pieces) {
    onPiece();
    yield piece;
  }
}
