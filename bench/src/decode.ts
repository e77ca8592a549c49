import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { jsonEncoding, protobufEncoding } from 'auditor-otel';
import { createRuleSet } from 'audit-event/exclude';
import { json, protobuf, receive } from 'collector-receiver';
import type { ReceiveDeps } from 'collector-receiver';
import { parse } from 'protobufjs';
import { inTurns } from './in-turns';
import { requestBodies } from './request-bodies';

const PROTO = join(
  __dirname,
  '../../collector-receiver/test/kit/opentelemetry-logs.proto',
);
const ROWS = 20_480;

/**
 * How many log records a second become rows, on one core: from the bytes of a request to the bytes of its COPY. Beside
 * it what general tools take for only making objects: protobufjs' generated code, and JSON.parse.
 */
export async function decode(args: string[]): Promise<Record<string, number>> {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: 'string', default: '9' } },
  });
  const rules = createRuleSet([], []);
  const deps: ReceiveDeps = {
    rules: () => rules,
    foreignRecords: 'store',
    commit: () => Promise.resolve(),
  };
  const oracle = parse(readFileSync(PROTO, 'utf8')).root.lookupType(
    'otlp.ExportLogsServiceRequest',
  );
  const protobufBodies = requestBodies(protobufEncoding(), ROWS);
  const jsonBodies = requestBodies(jsonEncoding(), ROWS);
  const seconds = await inTurns(Number(values.rounds), {
    protobuf: async () => {
      for (const body of protobufBodies) await receive(body, protobuf, deps);
    },
    oracle: () => protobufBodies.forEach((body) => oracle.decode(body)),
    json: async () => {
      for (const body of jsonBodies) await receive(body, json, deps);
    },
    jsonParse: () =>
      jsonBodies.forEach((body) => JSON.parse(Buffer.from(body).toString())),
  });
  return {
    recordsPerS: Math.round(ROWS / seconds.protobuf),
    oracleRatio: Number((seconds.oracle / seconds.protobuf).toFixed(2)),
    jsonRecordsPerS: Math.round(ROWS / seconds.json),
    jsonParseRatio: Number((seconds.jsonParse / seconds.json).toFixed(2)),
  };
}
