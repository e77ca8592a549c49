import { createHash } from 'node:crypto';
import type { EventSource } from '../audit-event';

const ids = new WeakMap<EventSource, bigint>();

/**
 * The key of a source in `audit.resource`: the head of the SHA-256 of its content, as a signed 64-bit integer.
 * Computed once per object: the records of a request share theirs.
 */
export function resourceIdOf(
  source: EventSource | undefined,
): bigint | undefined {
  if (!source) return undefined;
  let id = ids.get(source);
  if (id === undefined) {
    const content = JSON.stringify([
      source.resource,
      source.schemaUrl ?? null,
      source.scopeName ?? null,
      source.scopeVersion ?? null,
      source.scopeAttributes ?? null,
      source.scopeSchemaUrl ?? null,
    ]);
    id = createHash('sha256').update(content).digest().readBigInt64BE();
    ids.set(source, id);
  }
  return id;
}
