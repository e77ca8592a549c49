import type { AccessRestriction, TokenFields } from 'audit-event/store';
import { PLUGIN_ID, readPermission } from '../audit-log-plugin';
import { HttpError } from '../http-error';
import { bodySchema } from '../http/read-body';
import { textField } from '../http/text-field';
import { refusedValue } from '../http/refused-value';
import { timeField, timeFieldSchema } from '../http/time-field';
import { checkRestrictions, restrictionsSchema } from './access-restrictions';
import { MIN_TOKEN_LENGTH, SECRET, tokenProblem } from './token-rule';

/** No colon: a token must not pass for `user:default/john` or `plugin:catalog`. */
const SUBJECT = /^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$/;

const MAX_SUBJECT_LENGTH = 64;
const MAX_SECRET_LENGTH = 1_000;

/** What a new token may do when nothing is said. */
const DEFAULT_RESTRICTIONS: readonly AccessRestriction[] = [
  { plugin: PLUGIN_ID, permission: [readPermission.name] },
];

const access_restrictions = {
  ...restrictionsSchema,
  description: 'Each plugin once; null: unrestricted',
};
const expires_at = {
  ...timeFieldSchema,
  description: 'A time to come; null: never',
};
const secret = {
  type: ['string', 'null'],
  pattern: SECRET.source,
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
    access_restrictions: {
      ...access_restrictions,
      default: DEFAULT_RESTRICTIONS,
    },
    expires_at,
    secret,
  },
  ['subject'],
);
/** Whatever is left out of a change would be taken back without a word, so nothing may be. */
const CHANGED = ['access_restrictions', 'expires_at'] as const;
export const tokenChangeBody = bodySchema(
  { access_restrictions, expires_at },
  CHANGED,
);
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

interface GivenFields {
  access_restrictions?: unknown;
  expires_at?: unknown;
}

/**
 * What a new token may do and until when; what is not given has a default.
 *
 * @throws HttpError `InputError`
 */
export function newFieldsOf({
  access_restrictions = DEFAULT_RESTRICTIONS,
  expires_at,
}: GivenFields): TokenFields {
  return fieldsOf({ access_restrictions, expires_at });
}

/**
 * What a token may do from now on and until when.
 *
 * @throws HttpError `InputError`, also when either is not given
 */
export function changedFieldsOf(body: GivenFields): TokenFields {
  const missing = CHANGED.find((name) => body[name] === undefined);
  if (missing === undefined) return fieldsOf(body);
  throw new HttpError(
    'InputError',
    `The body must have ${CHANGED.join(' and ')}, each as it is to be from now on, got no ${missing}`,
  );
}

function fieldsOf({
  access_restrictions,
  expires_at,
}: GivenFields): TokenFields {
  const checked = checkRestrictions(access_restrictions);
  if (checked.status === 'invalid')
    throw new HttpError('InputError', `access_restrictions: ${checked.reason}`);
  return {
    accessRestrictions: checked.restrictions,
    expiresAt: expiryOf(expires_at),
  };
}

function expiryOf(value: unknown): Date | null {
  const ms = timeField('expires_at', value);
  if (ms === undefined) return null;
  if (ms > Date.now()) return new Date(ms);
  throw refusedValue(
    'expires_at',
    'a time to come',
    new Date(ms).toISOString(),
  );
}
