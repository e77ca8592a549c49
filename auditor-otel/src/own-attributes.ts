/** OTLP attributes that only the emitter writes; a receiver keeps them beside the event. */
export const ownAttribute = {
  /** Why the actor is `anonymous`: the error that the credentials gave. */
  actorError: 'audit.actor.error',
  /** `true` when something was cut to stay within the limits. */
  truncated: 'audit.meta.truncated',
} as const;
