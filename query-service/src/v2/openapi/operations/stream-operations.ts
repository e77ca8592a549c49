import { PLUGIN_PATH, readPermission } from '../../../audit-log-plugin';
import { foreignId } from '../../id-parameter';
import { OPERATION_PATH } from '../../operation';
import { operationTimeParameters } from '../../operation-time';
import { STREAM_PATH, streamParameters } from '../../stream';
import { STREAMS_PATH, streamsParameters } from '../../streams';
import { json } from '../operation';
import type { Operation } from '../operation';
import { listOf, object, orNull, ref, text } from '../schemas/json-schema';

const needs = [readPermission];

/** Whether all came that was sent, and what became of operations. */
export const streamOperations: readonly Operation[] = [
  {
    path: PLUGIN_PATH + STREAMS_PATH,
    operationId: 'listStreams',
    summary: 'Whether all came that emitters sent',
    needs,
    query: streamsParameters,
    answers: {
      200: json(
        'The page',
        object({ data: listOf(ref('Stream')), next_cursor: orNull(text) }),
      ),
    },
  },
  {
    path: PLUGIN_PATH + STREAM_PATH,
    operationId: 'findStream',
    summary: 'One stream, with more of what is missing, lost and duplicate',
    needs,
    id: foreignId,
    query: streamParameters,
    answers: { 200: json('The stream', ref('Stream')) },
  },
  {
    path: PLUGIN_PATH + OPERATION_PATH,
    operationId: 'findOperation',
    summary: 'All records of an operation in order, and what became of it',
    needs,
    id: foreignId,
    query: operationTimeParameters,
    answers: { 200: json('The operation', ref('Operation')) },
  },
];
