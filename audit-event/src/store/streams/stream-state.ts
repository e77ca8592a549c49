/**
 * How complete a stream is.
 *
 * - `lost`: only another stream speaks of it, none of its records ever came.
 * - `incomplete`: something is missing that nobody declared lost.
 * - `silent`: nothing else is missing, but it has not ended and was not heard from for long, so its last records may be.
 * - `gap-declared`: what is missing was declared lost by the emitter.
 * - `complete`: it has ended, and all of it came.
 * - `live`: nothing is missing, and it was heard from lately.
 */
export const streamStates = [
  'lost',
  'incomplete',
  'silent',
  'gap-declared',
  'complete',
  'live',
] as const;
export type StreamState = (typeof streamStates)[number];

/** The state as SQL over a row of `audit.stream`; the first that fits counts. `silentSince` is an SQL timestamp. */
export function stateSql(silentSince: string): string {
  return `case
    when last_recorded_at is null then 'lost'
    when undeclared > 0 then 'incomplete'
    when end_seq is null and last_recorded_at < ${silentSince} then 'silent'
    when not isempty(missing) then 'gap-declared'
    when end_seq is not null then 'complete'
    else 'live'
  end`;
}
