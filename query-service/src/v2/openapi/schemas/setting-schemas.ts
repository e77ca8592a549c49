import { permissions } from '../../../audit-log-plugin';
import {
  count,
  flag,
  listOf,
  object,
  orNull,
  ref,
  text,
  time,
  uuid,
} from './json-schema';
import type { Schema } from './json-schema';

const version = { type: 'integer', minimum: 1 };
const changed = { changed_at: time, changed_by: text };
const created = { created_at: time, created_by: text };
/** As the database has it: another version of the product may have written it. */
const rule = { type: 'object', description: 'Patterns by field' };
const comment = orNull(text);

const storedRule = {
  id: uuid,
  version,
  rule,
  comment,
  ...created,
  ...changed,
  problem: { type: 'string', description: 'Why receivers leave it out' },
};

const token = {
  id: uuid,
  subject: text,
  version,
  access_restrictions: {
    description: 'As the database has them; null: unrestricted',
  },
  ...created,
  changed_at: time,
  changed_by: orNull(text),
  expires_at: orNull(time),
  last_used_at: orNull(time),
  state: { enum: ['waiting', 'expired', 'active'] },
  secret_from: orNull({ enum: ['setting', 'database'] }),
  built_in: flag,
};

const session = {
  subject: text,
  permissions: listOf({ enum: permissions.map(({ name }) => name) }),
};

/** What is recorded, how long it is kept, and who may read it. */
export const settingSchemas: Readonly<Record<string, Schema>> = {
  Rule: object(storedRule, ['problem']),
  ListedRule: object(
    {
      ...storedRule,
      source: { enum: ['database', 'file'] },
      in_force: flag,
      excluded: object({
        total: count,
        days: listOf(object({ day: text, excluded: count })),
      }),
    },
    // One of the receivers' file has no history here.
    Object.keys(storedRule).filter((name) => name !== 'id' && name !== 'rule'),
  ),
  RuleVersion: object({ version, rule: orNull(rule), comment, ...changed }),
  Retention: object({
    version,
    days: orNull(count),
    drop_without_archive: flag,
    ...changed,
  }),
  Hold: object({
    id: uuid,
    start_time: orNull(time),
    end_time: orNull(time),
    reason: text,
    ...created,
    released_at: orNull(time),
    released_by: orNull(text),
    release_reason: orNull(text),
  }),
  Token: object(token),
  TokenWithSecret: object(
    {
      ...token,
      secret: {
        type: 'string',
        description: 'Shown this once, when it was made here',
      },
    },
    ['secret'],
  ),
  Session: object(session),
  SessionBegun: object({ ...session, expires_at: time }),
  Error: object({
    error: object({ name: text, message: text }),
    request: object({ method: text, url: text }),
    response: object({ statusCode: { type: 'integer' } }),
  }),
  Rules: object({
    data: listOf(ref('ListedRule')),
    rule_set: orNull(
      object({ hash: text, since: time, protected_events: listOf(text) }),
    ),
  }),
};
