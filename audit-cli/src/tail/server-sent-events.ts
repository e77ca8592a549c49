import { notAsked } from '../failure';
import { MAX_MESSAGE_LENGTH } from '../limits';

/** One message; a field that it does not have is undefined. */
export interface Message {
  id?: string | undefined;
  event?: string | undefined;
  data?: string | undefined;
}

/**
 * The messages of a stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream). One
 * that is not whole when the stream ends is left out: it comes again.
 *
 * @throws Failure for a message without end
 */
export async function* messagesOf(
  pieces: AsyncIterable<string>,
): AsyncGenerator<Message> {
  let message: Message | undefined;
  for await (const line of linesOf(pieces)) {
    if (line === '') {
      if (message) yield message;
      message = undefined;
      continue;
    }
    const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line)!;
    if (name === 'id' || name === 'event')
      message = { ...message, [name]: value };
    if (name === 'data')
      message = {
        ...message,
        data: message?.data === undefined ? value : `${message.data}\n${value}`,
      };
  }
}

/** Lines end in LF, CR or both. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    // A CR at the end may be half of a line end; it waits for what follows.
    const text = rest + piece;
    const isOpen = text.endsWith('\r');
    const lines = (isOpen ? text.slice(0, -1) : text).split(/\r\n|\n|\r/);
    rest = lines.pop()! + (isOpen ? '\r' : '');
    if (rest.length > MAX_MESSAGE_LENGTH)
      throw notAsked(
        `expected a line of at most ${MAX_MESSAGE_LENGTH} characters from the tail, got a longer one`,
      );
    yield* lines;
  }
}
