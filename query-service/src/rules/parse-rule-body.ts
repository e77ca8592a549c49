import { kindOf } from 'audit-event';
import {
  checkRule,
  MAX_RULES,
  parseRules,
  patternLimits,
  protectableEvents,
  ruleIdOf,
  ruleKeys,
  RULES_KEY,
  ruleLines,
} from 'audit-event/exclude';
import type {
  IdentifiedRule,
  ProtectableEvents,
  Rule,
} from 'audit-event/exclude';
import { HttpError } from '../http-error';
import { bodySchema } from '../http/read-body';
import { textField } from '../http/text-field';

/** Room for why there is a rule, and a link. */
const MAX_COMMENT_LENGTH = 1_000;

/** A rule as it is written; what patterns may be, `checkRule` says. */
export const ruleSchema = {
  type: 'object',
  properties: {
    ...Object.fromEntries(
      ruleKeys.map((key) => [
        key,
        { type: 'string', minLength: 1, maxLength: patternLimits.length },
      ]),
    ),
    acknowledgeBroad: { const: true },
  },
  minProperties: 1,
  additionalProperties: false,
};

export const ruleBodySchema = bodySchema(
  {
    rule: ruleSchema,
    comment: { type: ['string', 'null'], maxLength: MAX_COMMENT_LENGTH },
  },
  ['rule'],
);

/** A whole set as `PUT` takes it in JSON; YAML says the same. */
export const ruleSetSchema = bodySchema(
  { [RULES_KEY]: { type: 'array', items: ruleSchema, maxItems: MAX_RULES } },
  [RULES_KEY],
);

/**
 * A rule and its comment out of a body.
 *
 * @throws HttpError `InputError`, with the reason that a receiver would give
 */
export function ruleOf(body: { rule?: unknown; comment?: unknown }): {
  rule: Rule;
  comment: string | null;
} {
  const checked = checkRule(body.rule);
  if (checked.status === 'invalid')
    throw new HttpError('InputError', `rule: ${checked.reason}`);
  const comment = textField('comment', body.comment, MAX_COMMENT_LENGTH);
  return { rule: checked.rule, comment: comment ?? null };
}

/** A rule with the comment above it. */
export interface CommentedRule extends IdentifiedRule {
  comment: string | null;
}

/**
 * A whole set in the contract's YAML; a rule that is there twice counts once.
 *
 * @throws HttpError `InputError` with the line and the reason
 */
export function ruleSetOf(yaml: string): CommentedRule[] {
  const parsed = parseRules(yaml, { rulesOnly: true });
  if (parsed.status === 'invalid')
    throw new HttpError('InputError', parsed.reason);
  const lines = ruleLines(yaml);
  const rules = parsed.rules.map((rule, i) => ({
    ...rule,
    comment: storable(lines[i]?.comment ?? null),
  }));
  return distinct(rules);
}

/**
 * The rules to try, out of a JSON body that has one as `rule` or several as `excludeRules`.
 *
 * @throws HttpError `InputError`
 */
export function rulesToTry(body: {
  rule?: unknown;
  excludeRules?: unknown;
}): IdentifiedRule[] {
  const { rule, excludeRules } = body;
  if ((rule === undefined) === (excludeRules === undefined))
    throw new HttpError(
      'InputError',
      'The body must have either rule or excludeRules',
    );
  const given = excludeRules ?? [rule];
  if (!Array.isArray(given) || given.length === 0 || given.length > MAX_RULES)
    throw new HttpError(
      'InputError',
      `excludeRules must be a list of 1 to ${MAX_RULES} rules, got ${Array.isArray(given) ? `${given.length} of them` : kindOf(given)}`,
    );
  const rules = given.map((one: unknown, i) => {
    const checked = checkRule(one);
    if (checked.status === 'valid')
      return { id: ruleIdOf(checked.rule), rule: checked.rule };
    const place = rule === undefined ? `rule ${i + 1}` : 'rule';
    throw new HttpError('InputError', `${place}: ${checked.reason}`);
  });
  return distinct(rules);
}

/** @throws HttpError `InputError` */
export function protectedEventsOf(value: unknown): ProtectableEvents[] {
  if (value === undefined) return [];
  const words: readonly unknown[] = protectableEvents;
  if (Array.isArray(value) && value.every((word) => words.includes(word)))
    return value as ProtectableEvents[];
  throw new HttpError(
    'InputError',
    `protectedEvents must be a list of ${protectableEvents.join(', ')}`,
  );
}

/** A comment never refuses the rule below it: what of it cannot be kept is left out. */
function storable(comment: string | null): string | null {
  return (
    comment?.slice(0, MAX_COMMENT_LENGTH).replaceAll('\0', '').toWellFormed() ??
    null
  );
}

function distinct<One extends IdentifiedRule>(rules: readonly One[]): One[] {
  return [...new Map(rules.map((rule) => [rule.id, rule])).values()];
}
