import type { ServerResponse } from 'node:http';

/** Aborts when the client of an answer has gone. */
export function goneSignal(res: ServerResponse): AbortSignal {
  const gone = new AbortController();
  if (res.closed) gone.abort();
  else res.once('close', () => gone.abort());
  return gone.signal;
}
