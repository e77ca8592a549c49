import { setTimeout as sleep } from 'node:timers/promises';
import type { CommitPosition, CommittedPage } from 'audit-event/store';
import type { Response } from 'express';
import { goneSignal } from '../http/gone-signal';
import { sendPiece } from '../http/send-piece';

/** How often new commits are looked for, and how often a line is sent at least, so that proxies keep the connection. */
const POLL_MS = 1_000;
const HEARTBEAT_MS = 15_000;
/** After this a client that was cut off connects again. */
const RETRY_MS = 2_000;

export interface TailSource {
  begin: CommitPosition;
  next: (after: CommitPosition) => Promise<CommittedPage>;
  /** A position as the client gives it back. */
  seal: (position: CommitPosition) => string;
  /** Ends the stream: the service stops. */
  stopping: AbortSignal;
  /** A client that takes nothing for so long is cut off. */
  stalledMs: number;
}

/**
 * Sends events as they are committed, until the client goes or the service stops
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html). Every message has its place as `id`; one without
 * data moves the place on over events that were not asked for.
 *
 * @throws what `next` throws, such as that its reader may no more; the stream breaks off then, and the client comes again with
 * its last id
 */
export async function streamEvents(
  res: Response,
  { begin, next, seal, stopping, stalledMs }: TailSource,
): Promise<void> {
  const signal = AbortSignal.any([goneSignal(res), stopping]);
  res.set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    // Proxies of the kind of nginx would keep back what comes.
    'X-Accel-Buffering': 'no',
  });
  if (res.req.method === 'HEAD') {
    res.end();
    return;
  }
  const write = (text: string) =>
    sendPiece(res, text, { stalledMs, signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });

  let position = begin;
  let sentAt = Date.now();
  await write(`retry: ${RETRY_MS}\nid: ${seal(position)}\n\n`);
  while (!signal.aborted) {
    const page = await next(position);
    for (const { json, position: at } of page.events)
      await write(`id: ${seal(at)}\nevent: audit-event\ndata: ${json}\n\n`);
    const isMoved = page.position.xactId !== position.xactId;
    position = page.position;
    if (isMoved || Date.now() - sentAt > HEARTBEAT_MS) {
      await write(`id: ${seal(position)}\n\n`);
      sentAt = Date.now();
    }
    if (!page.hasMore)
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
  res.end();
}
