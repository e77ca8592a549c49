import type { FieldName } from '../../api/types';

/** Fields whose values the service tells without reading events: it is asked for them at once. */
export const TOGETHER = [
  'status',
  'severity_level',
  'plugin_id',
  'event_id',
] as const satisfies readonly FieldName[];

/** Values of a field that are shown before somebody asks for more. */
export const FEW = 8;
