import { inspect } from 'node:util';
import type { AuditedError } from 'audit-event';
import { cleanField } from './clean-field';
import { redactSecrets } from './redact-secrets';

/**
 * The error of a failed operation as it is recorded, secrets replaced. Callers pass an Error, a message, or anything
 * else that was thrown. Never throws.
 *
 * @param withStack whether the stack trace is recorded too
 * @example
 * cleanError(new TypeError('no token=abc'), false); // { type: 'TypeError', message: 'no token=REDACTED' }
 */
export function cleanError(error: unknown, withStack: boolean): AuditedError {
  try {
    return readError(error, withStack);
  } catch {
    return { type: 'Error', message: '[unreadable]' };
  }
}

function readError(error: unknown, withStack: boolean): AuditedError {
  if (error === undefined || error === null) return { type: 'Error' };
  if (typeof error !== 'object')
    return { type: 'Error', message: redacted(error) ?? inspect(error) };
  const { name, message, stack } = error as Partial<Error>;
  return {
    type: cleanField(name) ?? 'Error',
    message: redacted(message),
    stack: withStack ? redacted(stack) : undefined,
  };
}

function redacted(text: unknown): string | undefined {
  const clean = cleanField(text);
  return clean === undefined ? undefined : redactSecrets(clean);
}
