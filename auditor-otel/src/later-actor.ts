import type { Actor } from 'audit-event';
import { cleanActor } from './clean-actor';

/**
 * The actor of an outcome: as it was known when the operation began, with what became known since then.
 *
 * @example
 * laterActor({ ip: '10.0.0.1' }, { id: 'user:default/john' }); // { type: 'user', id: 'user:default/john', ip: '10.0.0.1' }
 */
export function laterActor(
  atStart: Partial<Actor> | undefined,
  later: Partial<Actor>,
): Actor {
  const known = Object.fromEntries(
    Object.entries(later).filter(([, value]) => value !== undefined),
  );
  const { type, ...rest } = atStart ?? {};
  // A type belongs to its id.
  const isSame = later.id === undefined || later.id === atStart?.id;
  return cleanActor({ ...rest, ...(isSame && type && { type }), ...known });
}
