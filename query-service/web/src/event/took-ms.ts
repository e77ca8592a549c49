import type { FoundEvent } from '../api/types';

/** How long an operation took, from its beginning to its outcome, when this event is one of them and the other is known. */
export function tookMs({ event, operation }: FoundEvent): number | undefined {
  const all = [event, ...operation.events];
  const began = all.find(({ status }) => status === 'initiated');
  const ended = all.find(({ status }) => status !== 'initiated');
  if (!began || !ended) return undefined;
  const ms = Date.parse(ended.event_time) - Date.parse(began.event_time);
  return ms >= 0 ? ms : undefined;
}
