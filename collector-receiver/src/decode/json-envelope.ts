import { isJsonObject, kindOf } from 'audit-event';
import type { JsonObject } from 'audit-event';
import { limits } from './limits';

/** Where records come from, as it stands in the request. */
export interface JsonSource {
  resource: unknown;
  scope: unknown;
  resourceSchemaUrl?: unknown;
  scopeSchemaUrl?: unknown;
}

/** The records of one instrumentation scope as they stand in the request. */
export interface JsonRecordGroup extends JsonSource {
  records: unknown[];
}

export type JsonFound =
  | { status: 'found'; groups: JsonRecordGroup[] }
  | { status: 'malformed'; reason: string }
  | { status: 'too-large'; reason: string };

/**
 * Finds the records of an ExportLogsServiceRequest in OTLP/JSON: resourceLogs, in them scopeLogs, in them logRecords.
 * The records themselves are not looked at.
 */
export function findJsonRecords(request: unknown): JsonFound {
  const envelope = new Envelope();
  const groups: JsonRecordGroup[] = [];
  let recordsLeft: number = limits.recordsPerRequest;
  const top = envelope.request(request);
  for (const resourceLogs of envelope.objects(
    top,
    'resourceLogs',
    'resource_logs',
  ))
    for (const scopeLogs of envelope.objects(
      resourceLogs,
      'scopeLogs',
      'scope_logs',
    )) {
      const records = envelope.list(scopeLogs, 'logRecords', 'log_records');
      recordsLeft -= records.length;
      if (records.length > 0)
        groups.push({
          resource: resourceLogs['resource'],
          scope: scopeLogs['scope'],
          records,
          resourceSchemaUrl:
            resourceLogs['schemaUrl'] ?? resourceLogs['schema_url'],
          scopeSchemaUrl: scopeLogs['schemaUrl'] ?? scopeLogs['schema_url'],
        });
    }
  if (envelope.wrong !== undefined)
    return { status: 'malformed', reason: envelope.wrong };
  if (recordsLeft >= 0) return { status: 'found', groups };
  return {
    status: 'too-large',
    reason: `expected at most ${limits.recordsPerRequest} log records in one request: send smaller batches`,
  };
}

/** Reads lists and objects; the first thing that is none is kept in `wrong`. */
class Envelope {
  wrong: string | undefined;

  request(value: unknown): JsonObject {
    if (isJsonObject(value)) return value;
    const advice = Array.isArray(value)
      ? ': send each element as a request of its own'
      : '';
    this.wrong = `expected one object with resourceLogs, got ${kindOf(value)}${advice}`;
    return {};
  }

  list(object: JsonObject, camel: string, snake: string): unknown[] {
    const value = object[camel] ?? object[snake] ?? [];
    if (Array.isArray(value)) return value;
    this.wrong ??= `expected ${camel} to be a list, got ${kindOf(value)}`;
    return [];
  }

  objects(object: JsonObject, camel: string, snake: string): JsonObject[] {
    return this.list(object, camel, snake).filter((item) => {
      if (isJsonObject(item)) return true;
      this.wrong ??= `expected ${camel} to be a list of objects, got ${kindOf(item)} in it`;
      return false;
    }) as JsonObject[];
  }
}
