import type { AccessRestriction, TokenFields } from 'audit-event/store';
import { PLUGIN_ID, readPermission } from '../audit-log-plugin';
import { HttpError } from '../http-error';
import { bodySchema } from '../http/read-body';
import { textField } from '../http/text-field';
import { parseTime } from '../http/parse-time';
import { checkRestrictions, restrictionsSchema } from './access-restrictions';
import { MIN_TOKEN_LENGTH, tokenProblem } from './token-rule';

/** No colon: a token must not pass for `user:default/john` or `plugin:catalog`. */
const SUBJECT = /^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$/;

const MAX_SUBJECT_LENGTH = 64;
const MAX_SECRET_LENGTH = 1_000;
const MAX_TIME_LENGTH = 64;

/** What a new token may do when nothing is said. */
const DEFAULT_RESTRICTIONS: readonly AccessRestriction[] = [
  { plugin: PLUGIN_ID, permission: [readPermission.name] },
];

const ofToken = {
  access_restrictions: {
    ...restrictionsSchema,
    default: DEFAULT_RESTRICTIONS,
  },
  expires_at: {
    type: ['string', 'null'],
    format: 'date-time',
    pattern: 'Z$',
    maxLength: MAX_TIME_LENGTH,
    description: 'A time to come; null: never',
  },
};
const secret = {
  type: ['string', 'null'],
  pattern: String.raw`^\S+$`,
  minLength: MIN_TOKEN_LENGTH,
  maxLength: MAX_SECRET_LENGTH,
  description: 'One is made when it is not given',
};

export const newTokenBody = bodySchema(
  {
    subject: {
      type: 'string',
      pattern: SUBJECT.source,
      maxLength: MAX_SUBJECT_LENGTH,
    },
    ...ofToken,
    secret,
  },
  ['subject'],
);
export const tokenChangeBody = bodySchema(ofToken);
export const secretBody = bodySchema({ secret });

/** @throws HttpError `InputError` */
export function subjectOf(value: unknown): string {
  const subject = textField('subject', value, MAX_SUBJECT_LENGTH);
  if (subject !== undefined && SUBJECT.test(subject)) return subject;
  throw new HttpError(
    'InputError',
    'subject must be 1 to 64 lower-case letters, digits, dots, hyphens and underscores, such as siem-export',
  );
}

/**
 * The secret that somebody wants a token to have; undefined when one is to be made.
 *
 * @throws HttpError `InputError`, by the rule for tokens
 */
export function secretOf(value: unknown): string | undefined {
  const secret = textField('secret', value, MAX_SECRET_LENGTH);
  const problem = secret === undefined ? undefined : tokenProblem(secret);
  if (problem !== undefined)
    throw new HttpError('InputError', `secret: ${problem}`);
  return secret;
}

/**
 * What is to be said of a token.
 *
 * @throws HttpError `InputError`
 */
export function fieldsOf(body: {
  access_restrictions?: unknown;
  expires_at?: unknown;
}): TokenFields {
  const { access_restrictions = DEFAULT_RESTRICTIONS } = body;
  const checked = checkRestrictions(access_restrictions);
  if (checked.status === 'invalid')
    throw new HttpError('InputError', `access_restrictions: ${checked.reason}`);
  return {
    accessRestrictions: checked.restrictions,
    expiresAt: expiryOf(body.expires_at),
  };
}

function expiryOf(value: unknown): Date | null {
  const text = textField('expires_at', value, MAX_TIME_LENGTH);
  if (text === undefined) return null;
  const ms = parseTime(text);
  if (ms !== undefined && ms > Date.now()) return new Date(ms);
  throw new HttpError(
    'InputError',
    `expires_at must be a time to come, in ISO 8601, in UTC and ending in Z, got ${JSON.stringify(text)}`,
  );
}
