import { RULES_KEY } from 'audit-event/exclude';
import {
  PLUGIN_PATH,
  readPermission,
  readSettingsPermission,
  writeSettingsPermission,
} from '../../../audit-log-plugin';
import { uuidId } from '../../../http/uuid-parameter';
import { CHECK_PATH } from '../../../rules/check-route';
import { DRY_RUN_PATH, dryRunBody } from '../../../rules/dry-run-route';
import { ruleBodySchema, ruleSetSchema } from '../../../rules/parse-rule-body';
import { RULE_PATH, RULE_VERSIONS_PATH } from '../../../rules/rule-route';
import { RULES_PATH, YAML } from '../../../rules/rules-route';
import { etag, ifMatch, location } from '../headers';
import { json } from '../operation';
import type { Operation } from '../operation';
import {
  anyObject,
  count,
  flag,
  listOf,
  mapOf,
  object,
  orNull,
  ref,
  text,
  time,
  uuid,
} from '../schemas/json-schema';

const reads = { needs: [readSettingsPermission] };
const writes = { needs: [writeSettingsPermission] };
const rule = { 'application/json': ruleBodySchema };

/** The exclusion rules. */
export const ruleOperations: readonly Operation[] = [
  {
    path: PLUGIN_PATH + RULES_PATH,
    operationId: 'listRules',
    summary: 'All rules, with what each kept out',
    ...reads,
    answers: {
      200: {
        description: 'The list; the set alone for who accepts YAML',
        content: { 'application/json': ref('Rules'), [YAML]: text },
        headers: etag,
      },
    },
  },
  {
    path: PLUGIN_PATH + RULES_PATH,
    method: 'post',
    operationId: 'createRule',
    summary: 'Makes a rule',
    ...writes,
    body: rule,
    answers: { 201: json('The rule', ref('Rule'), { ...etag, ...location }) },
    failures: ['ConflictError'],
  },
  {
    path: PLUGIN_PATH + RULES_PATH,
    method: 'put',
    operationId: 'replaceRules',
    summary: 'Brings a whole set into force',
    description: `The body has nothing but ${RULES_KEY}.`,
    ...writes,
    headers: ifMatch,
    body: { [YAML]: text, 'application/json': ruleSetSchema },
    answers: {
      200: json(
        'What became of the rules, by id',
        object({
          created: listOf(uuid),
          deleted: listOf(uuid),
          kept: listOf(uuid),
        }),
        etag,
      ),
    },
  },
  {
    path: PLUGIN_PATH + CHECK_PATH,
    method: 'post',
    operationId: 'checkRules',
    summary:
      'Whether a set could come into force as it is written, and where each rule stands',
    description: 'Changes nothing.',
    ...reads,
    body: { [YAML]: text },
    answers: {
      200: json('Both, or where it is wrong and why', {
        anyOf: [
          object({
            status: { const: 'valid' },
            rules: listOf(
              object({
                rule: anyObject,
                line: count,
                end_line: count,
                comment: orNull(text),
              }),
            ),
          }),
          object({
            status: { const: 'invalid' },
            line: orNull(count),
            reason: text,
          }),
        ],
      }),
    },
  },
  {
    path: PLUGIN_PATH + DRY_RUN_PATH,
    method: 'post',
    operationId: 'tryRules',
    summary: 'What rules would have kept out',
    needs: [readSettingsPermission, readPermission],
    body: { 'application/json': dryRunBody },
    answers: {
      200: json(
        'What they would have kept out',
        object({
          complete: flag,
          from: time,
          to: time,
          scanned: count,
          excluded: count,
          by_severity: mapOf(count),
          by_status: mapOf(count),
          by_rule: listOf(
            object({ id: uuid, rule: anyObject, excluded: count }),
          ),
          warnings: listOf(text),
          samples: listOf(ref('EventV1')),
        }),
      ),
    },
  },
  {
    path: PLUGIN_PATH + RULE_PATH,
    operationId: 'findRule',
    summary: 'One rule',
    ...reads,
    id: uuidId,
    answers: { 200: json('The rule', ref('Rule'), etag) },
  },
  {
    path: PLUGIN_PATH + RULE_PATH,
    method: 'put',
    operationId: 'changeRule',
    summary: 'Changes a rule',
    ...writes,
    id: uuidId,
    headers: ifMatch,
    body: rule,
    answers: { 200: json('The rule', ref('Rule'), etag) },
    failures: ['ConflictError'],
  },
  {
    path: PLUGIN_PATH + RULE_PATH,
    method: 'delete',
    operationId: 'deleteRule',
    summary: 'Deletes a rule',
    ...writes,
    id: uuidId,
    headers: ifMatch,
    answers: { 204: { description: 'It is gone' } },
  },
  {
    path: PLUGIN_PATH + RULE_VERSIONS_PATH,
    operationId: 'listRuleVersions',
    summary: 'Who made a rule what it is, and what it was before',
    ...reads,
    id: uuidId,
    answers: {
      200: json('Its versions', object({ data: listOf(ref('RuleVersion')) })),
    },
  },
];
