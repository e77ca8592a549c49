import type { ListedEvent } from '../event';
import type { Column, Style } from './table';

const SEVERITY_STYLE: Readonly<Record<string, Style>> = {
  low: 'dim',
  high: 'yellow',
  critical: 'red',
};
const OUTCOME_STYLE: Readonly<Record<string, Style>> = {
  succeeded: 'green',
  failed: 'red',
  denied: 'red',
  initiated: 'dim',
};

/** The columns in which events are shown to people. */
export const eventColumns: readonly Column<ListedEvent>[] = [
  {
    title: 'TIME (UTC)',
    cell: ({ event_time }) => event_time.replace('T', ' ').replace('Z', ''),
    isWhole: true,
    style: () => 'dim',
  },
  { title: 'ACTOR', cell: actorOf, atLeast: 20 },
  {
    title: 'EVENT',
    cell: ({ plugin_id, event_id }) => `${plugin_id}/${event_id}`,
    atLeast: 20,
  },
  { title: 'ENTITY', cell: ({ entity_ref }) => entity_ref ?? '-', atLeast: 20 },
  {
    title: 'OUTCOME',
    cell: outcomeOf,
    style: (event) => OUTCOME_STYLE[outcomeOf(event)],
    isWhole: true,
    atLeast: 'succeeded'.length,
  },
  {
    title: 'SEVERITY',
    cell: ({ severity_level }) => severity_level,
    style: ({ severity_level }) => SEVERITY_STYLE[severity_level],
    isWhole: true,
  },
];

/** The person first, then who did it for him. */
function actorOf({ actor_id, initiator_id }: ListedEvent): string {
  return initiator_id && initiator_id !== actor_id
    ? `${initiator_id} via ${actor_id}`
    : actor_id;
}

/** What was refused is told apart from what went wrong. */
function outcomeOf({ status, outcome_reason }: ListedEvent): string {
  return status === 'failed' && outcome_reason === 'denied' ? 'denied' : status;
}
