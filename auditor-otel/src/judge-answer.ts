import type { Answer } from './answer';
import type { Encoding } from './encoding';

/**
 * What to do after an answer.
 *
 * - `sent`: the receiver has the records, `warning` is what it said beside.
 * - `retry`: it may heal by itself: again after a back-off, not before `afterMs`; where `isAway`, when any request succeeds.
 * - `retry-slowly`: only a person can heal it, such as a wrong token: again after a long pause, and say it.
 * - `bisect`: something in the request is refused: halve it, down to the record that is meant.
 * - `broken`: the receiver fails at it: retry, and halve it when that does not help.
 */
export type Verdict =
  | { status: 'sent'; warning: string }
  | { status: 'retry'; reason: string; afterMs: number; isAway: boolean }
  | { status: 'retry-slowly'; reason: string }
  | { status: 'bisect'; reason: string }
  | { status: 'broken'; reason: string };

const BISECT = new Set([400, 409, 413, 415, 422]);
const RETRY = new Set([408, 425, 429, 502, 503, 504]);

/**
 * The verdict on an answer. Stricter than OTLP, which lets a client drop records on every status but 429, 502, 503 and
 * 504: a rotated token or a wrong path must not cost audit records.
 */
export function judgeAnswer(answer: Answer, encoding: Encoding): Verdict {
  if (answer.status === 'unreachable')
    return { status: 'retry', reason: answer.reason, afterMs: 0, isAway: true };
  const { code, body } = answer;
  if (code >= 200 && code < 300) return judgeSuccess(body, encoding);
  const message = encoding.decodeError(body);
  const reason =
    message === '' ? `status ${code}` : `status ${code}, ${message}`;
  if (RETRY.has(code))
    return {
      status: 'retry',
      reason,
      afterMs: answer.retryAfterMs ?? 0,
      isAway: false,
    };
  if (BISECT.has(code)) return { status: 'bisect', reason };
  return { status: code >= 500 ? 'broken' : 'retry-slowly', reason };
}

/** OTLP forbids to retry what `partial_success` rejects, which loses it: find the rejected records instead. */
function judgeSuccess(body: Uint8Array, encoding: Encoding): Verdict {
  const partial = encoding.decodeAnswer(body);
  if (partial === undefined) return { status: 'sent', warning: '' };
  const { rejected, message } = partial;
  return rejected > 0
    ? { status: 'bisect', reason: `partial success, ${message}` }
    : { status: 'sent', warning: message };
}
