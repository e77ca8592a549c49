import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from 'audit-event';
import { createClock } from './clock';
import { createDeadLetters } from './dead-letters';
import type { DeadLetters } from './dead-letters';
import type { Refused } from './deliver';
import { createDiagnostics } from './diagnostics';
import type { WriteDiagnostic } from './diagnostics';
import { createEmitter } from './emitter';
import type { Emitter } from './emitter';
import { jsonEncoding } from './encode-json';
import { protobufEncoding } from './encode-protobuf';
import { eventSource } from './event-source';
import { createGapKeeper } from './gap';
import type { Health } from './health';
import { createHttpTransport } from './http-transport';
import type { Transport } from './http-transport';
import { createLastResort } from './last-resort';
import { createNoteLost } from './lost-records';
import { createMemoryOutbox } from './memory-outbox';
import type { Frame, StreamKind } from './outbox';
import { createOverflow } from './overflow';
import { createOwnEvents } from './own-events';
import { createPauses } from './pauses';
import { publishStats } from './publish-stats';
import { createReceipts } from './receipts';
import { createSender } from './sender';
import type { FlushResult } from './sender';
import type { Settings } from './settings';
import { nodeFileSystem } from './spool/file-system';
import { serviceDirectory } from './spool/service-directory';
import { previousStream } from './spool/previous-stream';
import { thisProcess } from './spool/process-identity';
import { createSpool } from './spool/spool-outbox';
import { createStreamLife } from './stream-life';
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
  /** Says that the stream ends here for all that is known, and sends what waits. */
  finish: (timeoutMs: number) => Promise<FlushResult>;
  /** As `finish`, and then stops; what is left in the spool is for the next process. */
  close: (timeoutMs: number) => Promise<FlushResult>;
  stats: () => Stats;
  health: () => Health;
}

/** What may be told to a pipeline beside its settings. */
export interface PipelineOptions {
  writeDiagnostic: WriteDiagnostic;
  onRefused?: ((refused: Refused) => void) | undefined;
  /** Instead of HTTP. */
  transport?: Transport | undefined;
}

/** Starts a pipeline. Of this process nothing is sent before the first record; what earlier ones left is sent at once. */
export function startPipeline(
  settings: Settings,
  options: PipelineOptions,
): Pipeline {
  const diagnose = createDiagnostics(options.writeDiagnostic);
  const lastResort = createLastResort(options.writeDiagnostic);
  const tally = newTally();
  const gaps = createGapKeeper();
  const noteLost = createNoteLost(tally, gaps, diagnose);
  const receipts = createReceipts(settings.delivery.timeoutMs);
  const now = createClock();
  const ownEvents = createOwnEvents(settings.serviceName, now);
  const streamId = uuidv7();
  const encodings = { protobuf: protobufEncoding(), json: jsonEncoding() };
  const kind: StreamKind = {
    streamId,
    encoding: settings.encoding,
    source: eventSource(settings, streamId),
  };
  const transport = options.transport ?? createHttpTransport(settings);
  const outboxOptions = {
    kind,
    onDropped(frame: Frame, reason: string) {
      if (settings.delivery.whenFull === 'stderr') lastResort.frame(frame);
      noteLost(frame, reason);
      receipts.failed(frame.sequence, `was not kept: ${reason}`, 'lost');
    },
  };
  const root =
    settings.spool &&
    serviceDirectory(settings.spool.directory, settings.serviceName);
  const spool = root === undefined ? undefined : openSpool(root);
  const outbox =
    spool ?? createMemoryOutbox({ ...settings.queue, ...outboxOptions });
  const deadLetters: DeadLetters | undefined =
    root === undefined
      ? undefined
      : createDeadLetters(nodeFileSystem, root, diagnose, lastResort.frame);
  let deliveryFailure: string | undefined;
  let isClosed = false;

  function openSpool(directory: string) {
    return createSpool({
      ...outboxOptions,
      fs: nodeFileSystem,
      identity: thisProcess(),
      root: directory,
      maxBytes: settings.spool!.maxBytes,
      memory: settings.queue,
      diagnose,
      onReady() {
        overflow.retry();
        sender.wake();
      },
    });
  }

  const sender = createSender({
    outbox,
    encodings,
    post: transport.post,
    pauses: createPauses(),
    awayPauses: createPauses(),
    diagnose,
    onFailing: (reason) => (deliveryFailure = reason),
    onSent({ streamId: sentStreamId, frames }) {
      deliveryFailure = undefined;
      tally.sent += frames.length;
      if (sentStreamId === streamId) receipts.committed(frames);
      else tally.sentOfOthers += frames.length;
      overflow.retry();
      life.tellOfGap();
    },
    async onRefused(refused, batch) {
      tally.refused += 1;
      const { frame, reason } = refused;
      diagnose(
        'refused',
        `the receiver refused audit record ${frame.id}: ${reason}`,
      );
      const kept = (await deadLetters?.add(batch, frame, reason)) ?? 'lost';
      if (batch.streamId === streamId)
        receipts.failed(
          frame.sequence,
          `was refused by the receiver: ${reason}`,
          kept,
        );
      tell(options.onRefused, refused);
    },
  });

  const overflow = createOverflow({
    policy: settings.delivery.whenFull,
    outbox,
    noteLost,
    timeoutMs: settings.delivery.timeoutMs,
    maxWaitingBytes: settings.queue.maxBytes,
    lastResort,
    wake: sender.wake,
  });

  const metrics = publishStats(stats);

  const stream = createEmitter({
    settings,
    encoding: encodings[settings.encoding],
    outbox,
    overflow,
    receipts,
    streamId,
    tally,
    noteLost,
    wake: sender.wake,
    onEmitted: () => metrics.look(),
    isClosed: () => isClosed,
  });

  const life = createStreamLife({
    stream,
    ownEvents,
    gaps,
    tally,
    previous: () => root && previousStream(root, streamId),
    isClosed: () => isClosed,
  });

  function finish(timeoutMs: number): Promise<FlushResult> {
    life.end();
    return flush(timeoutMs);
  }

  function stats(): Stats {
    const { records, bytes } = outbox.size();
    return {
      ...tally,
      dropped: { ...tally.dropped },
      waiting: { records: records + overflow.waiting(), bytes },
    };
  }

  async function flush(timeoutMs: number): Promise<FlushResult> {
    const start = performance.now();
    // What earlier processes left waits too, also while it has not been found yet.
    await Promise.race([
      takenOver,
      sleep(timeoutMs, undefined, { ref: false }),
    ]);
    const left = timeoutMs - (performance.now() - start);
    const result = await sender.flush(Math.max(0, left));
    if (result.status === 'sent') return result;
    return { ...result, keptIn: keptIn() };
  }

  const keptIn = () => (spool && !spool.failure() ? 'spool' : 'memory');

  const unwatch = watchExit({
    finish: () => finish(settings.shutdownTimeoutMs),
    save() {
      const blocked = overflow.close();
      if (spool) {
        life.tellOfGap();
        life.end();
      }
      isClosed = true;
      const { records } = outbox.size();
      const lost = spool ? spool.saveSync() : records;
      return { lost: lost + blocked, left: records - lost };
    },
    writeDiagnostic: options.writeDiagnostic,
  });
  const takenOver = spool?.start();

  return {
    emitter: life.emitter,
    now,
    flush,
    finish,
    async close(timeoutMs) {
      let result = await finish(timeoutMs);
      overflow.close();
      if (spool && life.tellOfGap()) result = await flush(0);
      isClosed = true;
      sender.stop();
      transport.close();
      await spool?.close();
      await deadLetters?.close();
      metrics.stop();
      if (result.status === 'sent') unwatch();
      if (result.status === 'sent' || keptIn() === 'memory') return result;
      // What was in memory went to the disk with the rest.
      unwatch();
      return { ...result, keptIn: 'spool' };
    },
    stats,
    health: () => ({
      isHealthy: deliveryFailure === undefined && !spool?.failure(),
      keptIn: keptIn(),
      spoolFailure: spool?.failure()?.message,
      deliveryFailure,
    }),
  };
}
