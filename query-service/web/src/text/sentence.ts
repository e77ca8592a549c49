import type { AuditEvent } from '../api/types';
import { outcomeOf } from './outcome';
import type { Outcome } from './outcome';

/** A piece of a sentence: words of ours, or what an event says in one of its fields. */
export type Piece =
  | { text: string }
  | {
      text: string;
      field:
        | 'actor_id'
        | 'initiator_id'
        | 'event_id'
        | 'action_type'
        | 'entity_ref'
        | 'plugin_id';
    };

const VERBS: Readonly<Record<Outcome, string>> = {
  succeeded: ' did ',
  failed: ' failed at ',
  denied: ' was denied ',
  initiated: ' began ',
};

/**
 * What an event says, as a sentence: who did what to what, through what. The person comes first, and the service that acted
 * for them second.
 *
 * @example
 * sentenceOf(event).map(({ text }) => text).join(''); // "user:default/john did entity-fetch on component:default/shop in catalog"
 */
export function sentenceOf(event: AuditEvent): Piece[] {
  const { initiator_id: person, actor_id: actor } = event;
  const isThrough = person !== null && person !== actor;
  return [
    ...(isThrough
      ? ([
          { text: person, field: 'initiator_id' },
          { text: ' through ' },
        ] as const)
      : []),
    { text: actor, field: 'actor_id' },
    { text: VERBS[outcomeOf(event)] },
    { text: event.event_id, field: 'event_id' },
    ...(event.action_type === null
      ? []
      : ([
          { text: ' (' },
          { text: event.action_type, field: 'action_type' },
          { text: ')' },
        ] as const)),
    ...(event.entity_ref === null
      ? []
      : ([
          { text: ' on ' },
          { text: event.entity_ref, field: 'entity_ref' },
        ] as const)),
    { text: ' in ' },
    { text: event.plugin_id, field: 'plugin_id' },
  ];
}

/** The sentence as plain text. */
export function sentenceText(event: AuditEvent): string {
  return sentenceOf(event)
    .map(({ text }) => text)
    .join('');
}
