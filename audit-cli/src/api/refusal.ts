import { Failure } from '../failure';
import { exitCode } from '../exit-code';
import { reasonOf } from './reason-of';

/** An answer of the service that is none. */
export class Refusal extends Failure {
  /** Of HTTP. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message, status === 400 ? exitCode.usage : exitCode.notAsked, {
      mayHeal: status === 429 || status >= 500,
    });
    this.status = status;
  }
}

/** What to do about it, where that is not in the service's own words. */
const ADVICE: Readonly<Record<number, string>> = {
  401: 'check AUDIT_API_TOKEN or --token-file',
  403: 'use a token that has the permission',
};

/**
 * What an answer that is not 2xx says, or that its reason broke off.
 *
 * @param body that is being read
 */
export async function readRefusal(
  status: number,
  body: Promise<string>,
  url: string,
): Promise<Refusal> {
  try {
    return refusal(status, await body, url);
  } catch (error) {
    return new Refusal(
      `the service answered ${status}, and broke off when it said why: ${reasonOf(error)}`,
      status,
    );
  }
}

/**
 * What an answer that is not 2xx says, in one sentence: the service's own (`error.message` of its body), or which status came in place
 * of one.
 */
function refusal(status: number, body: string, url: string): Refusal {
  const message = messageOf(body);
  if (message === undefined)
    return new Refusal(
      `expected ${url} to be the audit log's query service, got status ${status} without its form of error`,
      status,
    );
  const advice = ADVICE[status];
  return new Refusal(
    `the service answered ${status}: ${message}${advice ? `; ${advice}` : ''}`,
    status,
  );
}

function messageOf(body: string): string | undefined {
  try {
    const { error } = JSON.parse(body) as { error?: { message?: unknown } };
    return typeof error?.message === 'string' ? error.message : undefined;
  } catch {
    return undefined;
  }
}
