import { judgeAnswer } from './judge-answer';
import type { Verdict } from './judge-answer';
import {
  BACKOFF_MAX_MS,
  BACKOFF_MIN_MS,
  DELIVERY_DIAGNOSTIC_INTERVAL_MS,
  SLOW_RETRY_MS,
  TRIES_BEFORE_BISECT,
} from './limits';
import type { Batch, Frame } from './outbox';
import type { SenderOptions } from './sender';

/** A record that the receiver will not take, and what it said. */
export interface Refused {
  frame: Frame;
  reason: string;
}

/** Brings batches to the receiver. */
export interface Delivery {
  /** Resolves when each record of the batch is settled: sent, refused, or given back because the sender stopped. */
  deliver(batch: Batch): Promise<void>;
}

/** What is needed beyond the sender's own options. */
export interface DeliveryOptions extends SenderOptions {
  isStopped(): boolean;
}

type Unsettled = Exclude<Verdict, { status: 'sent' }>;

/** A delivery that tries for ever, halves what is refused, and gives up only on a single record. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { outbox, encodings, pauses, awayPauses, diagnose } = options;
  const random = options.random ?? Math.random;
  let accepted = 0;
  let failing = false;

  async function deliver(batch: Batch): Promise<void> {
    await deliverPart(batch, 0);
  }

  /** @param brokenTries how often the receiver failed at the batch that this is a part of */
  async function deliverPart(batch: Batch, brokenTries: number): Promise<void> {
    const acceptedBefore = accepted;
    let broken = brokenTries;
    for (let tries = 0; !options.isStopped(); tries++) {
      const verdict = await send(batch);
      if (verdict.status === 'sent') return settleSent(batch, verdict.warning);
      if (verdict.status === 'broken') broken += 1;
      complain(verdict);
      if (mustBisect(verdict, broken, batch, accepted > acceptedBefore))
        return bisect(batch, verdict.reason, broken);
      if (!options.isStopped()) await pause(verdict, waitMs(verdict, tries));
    }
    outbox.settle(batch, 'retry');
  }

  /** Those that nobody answered go on as soon as one is: after a long outage the others would wait up to 30 s more. */
  async function pause(verdict: Unsettled, ms: number): Promise<void> {
    const isAway = verdict.status === 'retry' && verdict.isAway;
    await (isAway ? awayPauses : pauses).pause(ms);
  }

  async function send(batch: Batch): Promise<Verdict> {
    try {
      const records = batch.frames.map((frame) => frame.bytes);
      const encoding = encodings[batch.encoding];
      const body = encoding.encodeRequest(batch.source, records);
      const answer = await options.post(body, encoding.contentType);
      return judgeAnswer(answer, encoding);
    } catch (error) {
      return {
        status: 'retry',
        reason: String(error),
        afterMs: 0,
        isAway: false,
      };
    }
  }

  /** One half after the other: were both on their way, a failing receiver would see ever more requests. */
  async function bisect(
    batch: Batch,
    reason: string,
    broken: number,
  ): Promise<void> {
    const { frames } = batch;
    if (frames.length === 1) return settleRefused(batch, reason);
    const half = Math.ceil(frames.length / 2);
    // A half that still fails is halved at once; a single record gets all its tries again.
    const tries = half === 1 || broken === 0 ? 0 : TRIES_BEFORE_BISECT - 1;
    await deliverPart({ ...batch, frames: frames.slice(0, half) }, tries);
    await deliverPart({ ...batch, frames: frames.slice(half) }, tries);
  }

  function settleSent(batch: Batch, warning: string): void {
    accepted += 1;
    awayPauses.end();
    outbox.settle(batch, 'sent');
    options.onSent(batch);
    if (failing)
      diagnose('recovered', 'the receiver takes audit records again');
    failing = false;
    if (warning) diagnose('warning', `the receiver warns: ${warning}`);
  }

  /** Kept elsewhere before it is let go of here. */
  async function settleRefused(batch: Batch, reason: string): Promise<void> {
    for (const frame of batch.frames)
      await options.onRefused({ frame, reason }, batch);
    outbox.settle(batch, 'refused');
  }

  function complain(verdict: Unsettled): void {
    if (verdict.status === 'bisect') return;
    failing = true;
    options.onFailing?.(verdict.reason);
    const remedy =
      verdict.status === 'retry-slowly'
        ? 'check endpoint and token; records are kept meanwhile'
        : 'trying again';
    diagnose(
      verdict.status,
      `cannot deliver audit records: ${verdict.reason}; ${remedy}`,
      DELIVERY_DIAGNOSTIC_INTERVAL_MS,
    );
  }

  function waitMs(verdict: Unsettled, tries: number): number {
    if (verdict.status === 'retry-slowly') return SLOW_RETRY_MS;
    const most = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** tries);
    const wait = random() * most;
    return verdict.status === 'retry' ? Math.max(verdict.afterMs, wait) : wait;
  }

  return { deliver };
}

/**
 * A receiver that fails at everything is not helped by smaller requests for long: a single record is given up only when
 * the receiver took other records meanwhile.
 */
function mustBisect(
  verdict: Unsettled,
  broken: number,
  batch: Batch,
  othersAccepted: boolean,
): boolean {
  if (verdict.status === 'bisect') return true;
  if (verdict.status !== 'broken' || broken < TRIES_BEFORE_BISECT) return false;
  return batch.frames.length > 1 || othersAccepted;
}
