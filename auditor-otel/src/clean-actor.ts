import { actorTypes, ANONYMOUS } from 'audit-event';
import type { Actor, ActorType } from 'audit-event';
import { cleanField } from './clean-field';

/**
 * The actor as it is recorded. Without an id it is `anonymous`, whatever else was given; without a type of ours it is a
 * user when the id says so, else a service.
 *
 * @example
 * cleanActor({ id: 'user:default/john' }); // { type: 'user', id: 'user:default/john', … }
 */
export function cleanActor(actor: Partial<Actor> | undefined): Actor {
  const id = cleanField(actor?.id);
  return {
    type: id === undefined ? ANONYMOUS : typeOf(actor?.type, id),
    id: id ?? ANONYMOUS,
    initiatorId: cleanField(actor?.initiatorId),
    ip: cleanField(actor?.ip),
    userAgent: cleanField(actor?.userAgent),
  };
}

function typeOf(type: ActorType | undefined, id: string): ActorType {
  if (type !== undefined && actorTypes.includes(type)) return type;
  return id.startsWith('user:') ? 'user' : 'service';
}
