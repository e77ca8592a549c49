/** Of what there is a page: an actor, or an entity. */
export type Kind = 'actor' | 'entity';

/** The parameter of the address that says which. */
export const PARAMETER: Readonly<Record<Kind, string>> = {
  actor: 'id',
  entity: 'ref',
};

/** The field of events that it is in. */
export const FIELD = { actor: 'actor_id', entity: 'entity_ref' } as const;

/** The address of the page of an actor or an entity, whatever characters its name has. */
export function subjectAddress(kind: Kind, name: string): string {
  return `/${kind}?${new URLSearchParams({ [PARAMETER[kind]]: name }).toString()}`;
}
