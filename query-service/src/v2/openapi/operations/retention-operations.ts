import {
  PLUGIN_PATH,
  readPermission,
  readSettingsPermission,
  writeSettingsPermission,
} from '../../../audit-log-plugin';
import { uuidId } from '../../../http/uuid-parameter';
import { HOLD_PATH, releaseParameters } from '../../../retention/hold-route';
import { holdBody, HOLDS_PATH } from '../../../retention/holds-route';
import { PARTITIONS_PATH } from '../../../retention/partitions-route';
import {
  RETENTION_PATH,
  retentionBody,
} from '../../../retention/retention-route';
import { etag, ifMatch, location } from '../headers';
import { json } from '../operation';
import type { Operation } from '../operation';
import { count, listOf, object, ref } from '../schemas/json-schema';

const reads = { needs: [readSettingsPermission] };
const writes = { needs: [writeSettingsPermission] };

/** How long events are kept, what keeps them longer, and where they are. */
export const retentionOperations: readonly Operation[] = [
  {
    path: PLUGIN_PATH + PARTITIONS_PATH,
    operationId: 'listPartitions',
    summary:
      'The months in which events are stored, and those that were dropped',
    needs: [readPermission],
    query: {},
    answers: {
      200: json(
        'Partitions and tombstones',
        object({
          database_bytes: count,
          partitions: listOf(ref('Partition')),
          tombstones: listOf(ref('Tombstone')),
        }),
      ),
    },
  },
  {
    path: PLUGIN_PATH + RETENTION_PATH,
    operationId: 'showRetention',
    summary: 'How long events are kept',
    ...reads,
    answers: { 200: json('What is in force', ref('Retention'), etag) },
  },
  {
    path: PLUGIN_PATH + RETENTION_PATH,
    method: 'put',
    operationId: 'changeRetention',
    summary: 'Says how long events are kept',
    ...writes,
    headers: ifMatch,
    body: { 'application/json': retentionBody },
    answers: { 200: json('What is in force', ref('Retention'), etag) },
  },
  {
    path: PLUGIN_PATH + HOLDS_PATH,
    operationId: 'listHolds',
    summary: 'All legal holds that there ever were',
    ...reads,
    answers: { 200: json('The holds', object({ data: listOf(ref('Hold')) })) },
  },
  {
    path: PLUGIN_PATH + HOLDS_PATH,
    method: 'post',
    operationId: 'createHold',
    summary: 'Keeps events until it is released',
    ...writes,
    body: { 'application/json': holdBody },
    answers: { 201: json('The hold', ref('Hold'), location) },
  },
  {
    path: PLUGIN_PATH + HOLD_PATH,
    operationId: 'findHold',
    summary: 'One legal hold',
    ...reads,
    id: uuidId,
    answers: { 200: json('The hold', ref('Hold')) },
  },
  {
    path: PLUGIN_PATH + HOLD_PATH,
    method: 'delete',
    operationId: 'releaseHold',
    summary: 'Releases a legal hold; it stays in the list',
    ...writes,
    id: uuidId,
    query: releaseParameters,
    answers: { 200: json('The hold', ref('Hold')) },
    failures: ['ConflictError'],
  },
];
