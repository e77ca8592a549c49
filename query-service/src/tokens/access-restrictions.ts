import type { AccessRestriction } from 'audit-event/store';
import { z } from 'zod';
import { permissions, PLUGIN_ID, readPermission } from '../audit-log-plugin';
import { shown } from '../http/refused-value';
import { isStorableText, STORABLE_TEXT } from '../http/storable-text';

const text = z.string().refine(isStorableText, `must be ${STORABLE_TEXT}`);

/** A list, or one string with spaces or commas between the names, as Backstage's configuration has it. */
const names = z
  .union([text, z.array(text)])
  .transform((given) => [given].flat().flatMap((text) => text.split(/[ ,]/)))
  .transform((list) => list.filter(Boolean))
  .refine((list) => list.length > 0);

const listOfRestrictions = z.array(
  z.strictObject({
    plugin: text.min(1),
    permission: names.optional(),
    permissionAttribute: z
      .strictObject({ action: names.optional() })
      .optional(),
  }),
);

/** As JSON Schema: what a client may send. Null is unrestricted. */
export const restrictionsSchema: object = z.toJSONSchema(
  listOfRestrictions.nullable(),
  { io: 'input', override: ({ jsonSchema }) => void delete jsonSchema.$schema },
);

/**
 * The access restrictions of a token as the database has them. Null is unrestricted.
 *
 * What cannot be understood restricts to nothing at all: a slip of the pen must not open the log.
 *
 * @example
 * accessRestrictionsOf([{ plugin: 'audit-log', permission: 'audit.log.read' }]);
 */
export function accessRestrictionsOf(
  json: unknown,
): readonly AccessRestriction[] | null {
  if (json === null) return null;
  const parsed = listOfRestrictions.safeParse(json);
  return parsed.success ? parsed.data : [];
}

/**
 * Checks access restrictions that somebody wants a token to have.
 *
 * @returns them in one form, or what is wrong with them
 * @example
 * checkRestrictions([{ plugin: 'audit-log', permission: ['audit.log.raed'] }]); // { status: 'invalid', ... }
 */
export function checkRestrictions(
  json: unknown,
):
  | { status: 'valid'; restrictions: readonly AccessRestriction[] | null }
  | { status: 'invalid'; reason: string } {
  if (json === null) return { status: 'valid', restrictions: null };
  const parsed = listOfRestrictions.safeParse(json);
  if (!parsed.success)
    return {
      status: 'invalid',
      reason: `expected null or a list such as [{ "plugin": "${PLUGIN_ID}", "permission": ["${readPermission.name}"] }]: ${wrongWith(parsed.error)}`,
    };
  const names = permissions.map(({ name }) => name);
  const unknown = parsed.data
    .filter(({ plugin }) => plugin === PLUGIN_ID)
    .flatMap(({ permission = [] }) => permission)
    .find((name) => !names.includes(name));
  if (unknown !== undefined)
    return {
      status: 'invalid',
      reason: `expected permissions of ${PLUGIN_ID} to be among ${names.join(', ')}, got ${shown(unknown)}`,
    };
  const byPlugin = Map.groupBy(parsed.data, ({ plugin }) => plugin);
  const repeated = [...byPlugin].find(([, { length }]) => length > 1);
  if (repeated)
    return {
      status: 'invalid',
      reason: `expected each plugin once, with all that is permitted of it, got ${shown(repeated[0])} several times`,
    };
  return { status: 'valid', restrictions: parsed.data };
}

function wrongWith({ issues: [issue] }: z.ZodError): string {
  if (!issue) return 'it is something else';
  const path = issue.path.map(String).join('.').slice(0, 100);
  return `${path && `${path}: `}${issue.message.slice(0, 200)}`;
}
