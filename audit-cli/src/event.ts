/** An event as version 2 of the API lists it: the fields that a table shows. With `--json` all of them go out as they came. */
export interface ListedEvent {
  event_time: string;
  plugin_id: string;
  event_id: string;
  severity_level: string;
  status: string;
  actor_id: string;
  initiator_id: string | null;
  entity_ref: string | null;
  outcome_reason: string | null;
}
