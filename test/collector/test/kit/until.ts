import { setTimeout as sleep } from 'node:timers/promises';

/** A guard against hanging. */
const TIMEOUT_MS = 50_000;
const POLL_MS = 20;

/**
 * Asks again and again until the answer is not undefined.
 *
 * @throws after 50 s, with what was expected
 * @example
 * await until('the queue to be empty', async () => (await queueSize()) === 0 || undefined);
 */
export async function until<Answer>(
  expected: string,
  ask: () => Promise<Answer | undefined>,
): Promise<Answer> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline)
      throw new Error(`expected ${expected} within ${TIMEOUT_MS / 1000} s`);
    await sleep(POLL_MS);
  }
}
