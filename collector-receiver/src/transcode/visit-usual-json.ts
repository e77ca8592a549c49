import { openJsonGroup, parseJson } from '../decode/decode-json';
import type { JsonGroup } from '../decode/decode-json';
import { limits } from '../decode/limits';
import { Draft } from './draft';
import { JsonDrafts } from './json-draft';
import { writeJsonMeta } from './json-meta';
import type { RecordVisitor } from './record-visitor';

const bytesOf = (text: string) => Buffer.from(text);
const RESOURCE_LOGS = bytesOf('resourceLogs');
const RESOURCE = bytesOf('resource');
const SCOPE_LOGS = bytesOf('scopeLogs');
const SCOPE = bytesOf('scope');
const LOG_RECORDS = bytesOf('logRecords');

/**
 * Visits the records of an OTLP/JSON request as senders usually write it: resource and scope come before their records,
 * and nothing unknown is around them. A record that is not as our own emitter writes it is read in full alone.
 *
 * @returns false, with some records visited, for any other request: it has to be visited anew another way
 */
export function visitUsualJson(bytes: Buffer, visitor: RecordVisitor): boolean {
  const budget = { left: limits.rawSourceBytesPerRequest };
  const draft = new Draft(bytes);
  const drafts = new JsonDrafts(draft);
  const { cursor } = drafts;
  let recordsLeft: number = limits.recordsPerRequest;
  let group: JsonGroup | undefined;

  function logRecord(): boolean {
    const start = cursor.at;
    if (--recordsLeft < 0) return false;
    const isDone =
      group!.isClean &&
      drafts.next() &&
      visitor.draft(draft, group!.source, writeJsonMeta);
    if (isDone) return true;
    cursor.at = start;
    const record = object();
    if (record !== undefined) visitor.record(group!.read(record));
    return record !== undefined;
  }

  function scopeLogs(resource: unknown): boolean {
    let scope: unknown;
    let hasRecords = false;
    return cursor.map(() => {
      if (hasRecords) return false;
      if (cursor.is(SCOPE) && scope === undefined)
        return (scope = object()) !== undefined;
      hasRecords = true;
      if (!cursor.is(LOG_RECORDS)) return false;
      group = openJsonGroup({ resource, scope }, false, budget);
      return cursor.list(logRecord);
    });
  }

  function resourceLogs(): boolean {
    let resource: unknown;
    let hasScopes = false;
    return cursor.map(() => {
      if (hasScopes) return false;
      if (cursor.is(RESOURCE) && resource === undefined)
        return (resource = object()) !== undefined;
      hasScopes = true;
      return cursor.is(SCOPE_LOGS) && cursor.list(() => scopeLogs(resource));
    });
  }

  /** An object as a value, undefined for anything else. */
  function object(): unknown {
    if (!cursor.nested()) return undefined;
    const text = bytes.toString('utf8', cursor.start, cursor.end);
    const parsed = parseJson(text);
    return parsed.status === 'parsed' ? parsed.value : undefined;
  }

  return (
    cursor.only(RESOURCE_LOGS, () => cursor.list(resourceLogs)) &&
    cursor.isAtEnd()
  );
}
