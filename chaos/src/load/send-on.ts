import { request } from 'node:http';
import type { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { between, seededRandom } from '../seeded-random';
import { encodeRequest } from './encode-request';
import type { EncodedRequest } from './encode-request';
import { bookAcknowledged, bookSent } from './ledger';
import type { SenderLedger } from './ledger';
import { planRequest } from './plan-request';
import type { Origin } from './plan-request';

export interface SendOnOptions {
  origin: Origin;
  ledger: SenderLedger;
  /** Where to, such as `http://127.0.0.1:4318`. */
  url: string;
  agent: Agent;
  /** Told of each answer 200. */
  onAcknowledged: () => void;
  /** Aborted: the request under way is the last one. */
  stop: AbortSignal;
  /** Aborted: gives up at once. */
  interrupt: AbortSignal;
}

/** A receiver that stays away for so long is a failure, not something to wait for. */
const GIVE_UP_MS = 60_000;

/**
 * Sends request after request as an OpenTelemetry sender does: the same bytes again until they are acknowledged. The
 * pause is shorter than `Retry-After` says, so that there is load again before the next kill.
 *
 * @throws on an answer upon which a sender deletes, and when a request is not acknowledged within a minute
 */
export async function sendOn(options: SendOnOptions): Promise<void> {
  const { origin, ledger, stop, interrupt } = options;
  const random = seededRandom(origin.seed, 'pauses', ledger.sender);
  while (!stop.aborted) {
    const planned = planRequest(origin, ledger.sender, ledger.sent);
    const encoded = encodeRequest(planned);
    const deadline = Date.now() + GIVE_UP_MS;
    bookSent(ledger, planned, false);
    while (!(await isAcknowledged(options, encoded))) {
      if (Date.now() > deadline)
        throw new Error(
          `request ${ledger.sent} of sender ${ledger.sender} was not acknowledged within ${GIVE_UP_MS / 1000} s`,
        );
      await sleep(between(random, 5, 50), undefined, { signal: interrupt });
      bookSent(ledger, planned, true);
    }
    bookAcknowledged(ledger, planned);
    options.onAcknowledged();
  }
}

async function isAcknowledged(
  options: SendOnOptions,
  encoded: EncodedRequest,
): Promise<boolean> {
  const status = await post(options, encoded);
  if (status === undefined || status === 503) return false;
  if (status === 200) return true;
  throw new Error(
    `expected the answer 200 or 503, got ${status}: a sender deletes its records then`,
  );
}

/** The status of the answer, undefined when none came. */
function post(
  { url, agent, interrupt }: SendOnOptions,
  { headers, body }: EncodedRequest,
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const sent = request(
      `${url}/v1/logs`,
      {
        agent,
        method: 'POST',
        headers,
        signal: interrupt,
        timeout: GIVE_UP_MS,
      },
      (answer) => {
        answer.resume();
        answer.on('error', () => resolve(undefined));
        answer.on('end', () => resolve(answer.statusCode));
      },
    );
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => resolve(undefined));
    sent.end(body);
  });
}
