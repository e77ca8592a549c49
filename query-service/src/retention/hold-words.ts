import { HttpError } from '../http-error';
import { textField } from '../http/text-field';

export const MAX_REASON_LENGTH = 1_000;

/** How events name a hold. */
export function holdRef(id: string): string {
  return `audit-log-hold:${id}`;
}

/**
 * Why a hold is made or released, which has to be said.
 *
 * @throws HttpError `InputError`
 */
export function reasonOf(value: unknown): string {
  const reason = textField('reason', value, MAX_REASON_LENGTH)?.trim();
  if (reason) return reason;
  throw new HttpError('InputError', 'reason must say why, got nothing');
}
