import type { AccessRestriction } from 'audit-event/store';
import { z } from 'zod';

/** A list, or one string with spaces or commas between the names, as Backstage's configuration has it. */
const names = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((text) => text.split(/[ ,]/)))
  .transform((list) => list.filter(Boolean))
  .refine((list) => list.length > 0);

const restrictions = z.array(
  z.strictObject({
    plugin: z.string().min(1),
    permission: names.optional(),
    permissionAttribute: z
      .strictObject({ action: names.optional() })
      .optional(),
  }),
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
  const parsed = restrictions.safeParse(json);
  return parsed.success ? parsed.data : [];
}
