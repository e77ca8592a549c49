/** One filter of the command line. */
export interface FilterField {
  /** `--name`, and `--not-name` for none of the values. */
  name: string;
  /** The parameter of the API; it says how values are compared. */
  parameter: string;
  value: string;
  help: string;
}

/** The filters with options of their own; all others are there by `--where`. */
export const filterFields: readonly FilterField[] = [
  {
    name: 'actor',
    parameter: 'actor_id',
    value: 'id',
    help: 'who did it: user:default/john, or plugin:* for all that begin so',
  },
  {
    name: 'actor-type',
    parameter: 'actor_type',
    value: 'type',
    help: 'user, service or anonymous',
  },
  {
    name: 'plugin',
    parameter: 'plugin_id',
    value: 'id',
    help: 'the plugin that says so: catalog',
  },
  {
    name: 'event',
    parameter: 'event_id',
    value: 'id',
    help: 'what happened: entity-mutate',
  },
  {
    name: 'action',
    parameter: 'action_type',
    value: 'type',
    help: 'the kind of action: create',
  },
  {
    name: 'entity',
    parameter: 'entity_ref',
    value: 'ref',
    help: 'to what: component:default/shop',
  },
  {
    name: 'severity',
    parameter: 'severity_level',
    value: 'level',
    help: 'low, medium, high or critical',
  },
  {
    name: 'status',
    parameter: 'status',
    value: 'status',
    help: 'initiated, succeeded or failed',
  },
  {
    name: 'method',
    parameter: 'request_method',
    value: 'method',
    help: 'of the request: POST',
  },
  {
    name: 'path',
    parameter: 'request_url',
    value: 'path',
    help: 'of the request: /api/catalog/*',
  },
  {
    name: 'address',
    parameter: 'client_address',
    value: 'ip',
    help: 'from where it came',
  },
  {
    name: 'operation',
    parameter: 'operation_id',
    value: 'id',
    help: 'all records of one operation',
  },
  {
    name: 'trace',
    parameter: 'trace_id',
    value: 'id',
    help: 'all events of one trace',
  },
];
