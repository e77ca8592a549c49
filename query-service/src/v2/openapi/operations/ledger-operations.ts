import { PLUGIN_PATH, readPermission } from '../../../audit-log-plugin';
import { uuidId } from '../../../http/uuid-parameter';
import { LEDGER_PATH, ledgerParameters } from '../../../ledger/ledger-route';
import {
  QUARANTINE_PATH,
  QUARANTINED_PATH,
  quarantineParameters,
  RAW_PATH,
} from '../../../ledger/quarantine-route';
import { json } from '../operation';
import type { Operation } from '../operation';
import {
  count,
  flag,
  listOf,
  object,
  orNull,
  ref,
  text,
  time,
} from '../schemas/json-schema';

const needs = [readPermission];

/** What became of all that was received. */
export const ledgerOperations: readonly Operation[] = [
  {
    path: PLUGIN_PATH + LEDGER_PATH,
    operationId: 'findLedger',
    summary: 'What became of all that was received',
    needs,
    query: ledgerParameters,
    answers: {
      200: json(
        'The ledger',
        object(
          {
            from: time,
            to: time,
            adds_up: flag,
            total: ref('LedgerSums'),
            days: listOf(ref('LedgerDay')),
            receivers: listOf(ref('LedgerReceiver')),
            gaps: listOf(ref('LedgerGap')),
            differences: listOf(ref('LedgerDifference')),
          },
          ['differences'],
        ),
      ),
    },
  },
  {
    path: PLUGIN_PATH + QUARANTINE_PATH,
    operationId: 'listQuarantined',
    summary: 'Records that could not be stored, the newest first',
    needs,
    query: quarantineParameters,
    answers: {
      200: json(
        'The page',
        object({
          data: listOf(ref('Quarantined')),
          reasons: listOf(object({ reason: text, count })),
          next_cursor: orNull(text),
        }),
      ),
    },
  },
  {
    path: PLUGIN_PATH + QUARANTINED_PATH,
    operationId: 'findQuarantined',
    summary: 'One record that could not be stored',
    needs,
    id: uuidId,
    answers: { 200: json('The record', ref('QuarantinedWithBytes')) },
  },
  {
    path: PLUGIN_PATH + RAW_PATH,
    operationId: 'findQuarantinedBytes',
    summary: 'Its bytes as they came',
    needs,
    id: uuidId,
    answers: {
      200: {
        description: 'A request for the receiver',
        content: {
          'application/x-protobuf': {},
          'application/json': {},
          'application/octet-stream': {},
        },
        headers: { 'Content-Disposition': 'The name of a file' },
      },
    },
  },
];
