import { uuidv7 } from 'audit-event';
import { createClock } from './clock';
import type { Refused } from './deliver';
import { createDiagnostics } from './diagnostics';
import type { WriteDiagnostic } from './diagnostics';
import { createEmitter, noteDropped } from './emitter';
import type { Emitter } from './emitter';
import { jsonEncoding } from './encode-json';
import { protobufEncoding } from './encode-protobuf';
import type { Encoding } from './encoding';
import { eventSource } from './event-source';
import { createGapKeeper, gapEvent } from './gap';
import { createHttpTransport } from './http-transport';
import type { Transport } from './http-transport';
import { createMemoryOutbox } from './memory-outbox';
import { createPauses } from './pauses';
import { publishStats } from './publish-stats';
import { createSender } from './sender';
import type { FlushResult, Sender } from './sender';
import type { Settings } from './settings';
import { newTally } from './tally';
import type { Tally } from './tally';
import { tell } from './tell';
import { watchExit } from './watch-exit';

/** What became of the records so far, and what still waits for the receiver. */
export interface Stats extends Tally {
  waiting: { records: number; bytes: number };
}

/** The way of records out of this process: emitter, outbox and sender, once per process. */
export interface Pipeline {
  emitter: Emitter;
  /** Nanoseconds since 1970. */
  now: () => bigint;
  /** Sends what waits; resolves when all is sent or time is up. */
  flush: (timeoutMs: number) => Promise<FlushResult>;
  /** As `flush`, and then stops. */
  close: (timeoutMs: number) => Promise<FlushResult>;
  stats: () => Stats;
}

/** What may be told to a pipeline beside its settings. */
export interface PipelineOptions {
  writeDiagnostic: WriteDiagnostic;
  onRefused?: ((refused: Refused) => void) | undefined;
  /** Instead of HTTP. */
  transport?: Transport | undefined;
}

/** Starts a pipeline. Nothing is sent before the first record. */
export function startPipeline(
  settings: Settings,
  options: PipelineOptions,
): Pipeline {
  const diagnose = createDiagnostics(options.writeDiagnostic);
  const tally = newTally();
  const gaps = createGapKeeper();
  const now = createClock();
  const streamId = uuidv7();
  const encoding: Encoding =
    settings.encoding === 'json' ? jsonEncoding() : protobufEncoding();
  const transport =
    options.transport ??
    createHttpTransport({ ...settings, contentType: encoding.contentType });
  const outbox = createMemoryOutbox({
    ...settings.queue,
    source: eventSource(settings, streamId),
    onDropped: (frame) =>
      noteDropped(
        { tally, gaps, diagnose },
        frame,
        'the queue is full, and a more severe one came',
      ),
  });
  const sender: Sender = createSender({
    outbox,
    encoding,
    post: transport.post,
    pauses: createPauses(),
    diagnose,
    onSent(frames) {
      tally.sent += frames.length;
      const gap = gaps.take();
      if (!gap) return;
      const notice = gapEvent(gap, settings.serviceName, now());
      if (emitter.emit(notice).status === 'dropped') gaps.putBack(gap);
    },
    onRefused(refused) {
      tally.refused += 1;
      diagnose(
        'refused',
        `the receiver refused audit record ${refused.frame.id}: ${refused.reason}`,
      );
      tell(options.onRefused, refused);
    },
  });
  const stats = (): Stats => {
    const { records, bytes } = outbox.size();
    return {
      ...tally,
      dropped: { ...tally.dropped },
      waiting: { records, bytes },
    };
  };
  const metrics = publishStats(stats);
  let closed = false;
  const emitter = createEmitter({
    settings,
    encoding,
    outbox,
    streamId,
    tally,
    gaps,
    diagnose,
    wake() {
      sender.wake();
      metrics.look();
    },
    isClosed: () => closed,
  });
  const unsent = () => outbox.size().records;
  const unwatch = watchExit({
    unsent,
    flush: () => sender.flush(settings.shutdownTimeoutMs),
    writeDiagnostic: options.writeDiagnostic,
  });

  return {
    emitter,
    now,
    flush: sender.flush,
    async close(timeoutMs) {
      const result = await sender.flush(timeoutMs);
      closed = true;
      sender.stop();
      transport.close();
      metrics.stop();
      if (result.status === 'sent') unwatch();
      return result;
    },
    stats,
  };
}
