import { OUTCOME_REASON } from 'audit-event';

/** OTLP attributes that only the emitter writes; a receiver keeps them beside the event. */
export const ownAttribute = {
  /** Why the actor is `anonymous`: the error that the credentials gave. */
  actorError: 'audit.actor.error',
  /** `denied` when the operation was refused. */
  outcomeReason: OUTCOME_REASON,
  /** `true` when something was cut to stay within the limits. */
  truncated: 'audit.meta.truncated',
} as const;
