import {
  readPermission,
  readSettingsPermission,
  writeSettingsPermission,
} from '../../audit-log-plugin';
import { HOLDS_PATH } from '../../retention/holds-route';
import { PARTITIONS_PATH } from '../../retention/partitions-route';
import { MAX_DAYS, RETENTION_PATH } from '../../retention/retention-route';
import type { Operation } from './operation';
import { parameter } from './parameters';

const object = (
  properties: Record<string, object>,
  required: string[] = [],
) => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
});
const json = (schema: object) => ({ 'application/json': { schema } });
const text = { type: 'string' };
const maybeText = { type: ['string', 'null'] };
const maybeTime = { type: ['string', 'null'], format: 'date-time' };
const list = { type: 'array', items: { type: 'object' } };

const days = { type: ['integer', 'null'], minimum: 1, maximum: MAX_DAYS };
const dropWithoutArchive = { type: 'boolean', default: false };
const retention = object({
  version: { type: 'integer' },
  days,
  drop_without_archive: dropWithoutArchive,
  changed_at: text,
  changed_by: text,
});
const times = { start_time: maybeTime, end_time: maybeTime, reason: text };
const hold = object({
  id: text,
  ...times,
  created_at: text,
  created_by: text,
  released_at: maybeTime,
  released_by: maybeText,
  release_reason: maybeText,
});
const id = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
} as const;
const ifMatch = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The ETag of what is changed, or *',
  schema: text,
} as const;

/** How long events are kept, what keeps them longer, and where they are. */
export const retentionOperations: readonly Operation[] = [
  {
    path: PARTITIONS_PATH,
    operationId: 'listPartitions',
    summary:
      'The months in which events are stored, and those that were dropped',
    permission: readPermission,
    parameters: [],
    content: json(
      object({
        database_bytes: { type: 'integer' },
        partitions: list,
        tombstones: list,
      }),
    ),
  },
  {
    path: RETENTION_PATH,
    operationId: 'showRetention',
    summary: 'How long events are kept',
    permission: readSettingsPermission,
    parameters: [],
    content: json(retention),
  },
  {
    path: RETENTION_PATH,
    method: 'put',
    operationId: 'changeRetention',
    summary: 'Says how long events are kept',
    permission: writeSettingsPermission,
    parameters: [ifMatch],
    body: object({ days, drop_without_archive: dropWithoutArchive }, ['days']),
    content: json(retention),
  },
  {
    path: HOLDS_PATH,
    operationId: 'listHolds',
    summary: 'All legal holds that there ever were',
    permission: readSettingsPermission,
    parameters: [],
    content: json(object({ data: { type: 'array', items: hold } })),
  },
  {
    path: HOLDS_PATH,
    method: 'post',
    operationId: 'createHold',
    summary: 'Keeps the events of a time until it is released',
    permission: writeSettingsPermission,
    parameters: [],
    body: object(times, ['reason']),
    success: 201,
    content: json(hold),
  },
  {
    path: `${HOLDS_PATH}/{id}`,
    operationId: 'findHold',
    summary: 'One legal hold',
    permission: readSettingsPermission,
    parameters: [id],
    content: json(hold),
  },
  {
    path: `${HOLDS_PATH}/{id}`,
    method: 'delete',
    operationId: 'releaseHold',
    summary: 'Releases a legal hold; it stays in the list',
    permission: writeSettingsPermission,
    parameters: [id, { ...parameter('reason', text, 'Why'), required: true }],
    content: json(hold),
  },
];
