import type { Logger } from '../logger';
import type { Readiness } from './readiness';

/** How often the database is asked, in milliseconds: so long may a setting be unsafe before requests are refused. */
const EVERY_MS = 10_000;

export interface WatchReadinessOptions {
  /** Asks now; never rejects. */
  readiness: () => Promise<Readiness>;
  logger: Logger;
  everyMs?: number | undefined;
}

export interface WatchedReadiness {
  /** Asks now. Those who call at the same time share one answer. */
  check(): Promise<Readiness>;
  /** Why requests are to be refused, by the last answer that the database gave; undefined when they are not. */
  refusal: () => string | undefined;
  /** Of the last answer. */
  status: () => Readiness['status'];
  close(): void;
}

/** Asks at once and then again and again whether commits last, and tells the log of each change. */
export async function watchReadiness({
  readiness,
  logger,
  everyMs = EVERY_MS,
}: WatchReadinessOptions): Promise<WatchedReadiness> {
  let refusal: string | undefined;
  let status: Readiness['status'] = 'ready';
  let asking: Promise<Readiness> | undefined;

  async function ask(): Promise<Readiness> {
    const answer = await readiness();
    asking = undefined;
    // A database that is away has not become safe by it.
    if (answer.status !== 'failing')
      refusal = answer.status === 'unsafe' ? answer.reason : undefined;
    if (answer.status !== status) tell(answer);
    status = answer.status;
    return answer;
  }

  function tell(answer: Readiness): void {
    if (answer.status === 'ready') logger.info({}, 'ready again');
    else if (answer.status === 'failing')
      logger.warn({}, `not ready: ${answer.reason}`);
    else logger.error({}, `not ready, refusing requests: ${answer.reason}`);
  }

  const check = () => (asking ??= ask());
  const timer = setInterval(() => void check(), everyMs);
  await check();
  return {
    check,
    refusal: () => refusal,
    status: () => status,
    close: () => clearInterval(timer),
  };
}
