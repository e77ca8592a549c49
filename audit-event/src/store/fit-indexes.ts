import { attribute } from '../attribute-names';
import type { AuditEvent } from '../audit-event';
import { flag } from '../from-log-record';
import { emptyJsonObject } from '../json';

/** Bytes of an indexed text. A b-tree row holds 2,704 bytes, and the widest index has two texts beside time and id. */
export const MAX_INDEXED_BYTES = 1024;

/**
 * Cuts the texts that are indexed to what an index row can hold. A cut event is flagged `truncated` and keeps the
 * whole text among its attributes.
 */
export function fitIndexes(event: AuditEvent): void {
  if (tooLong(event.actor.id))
    event.actor = {
      ...event.actor,
      id: cut(event, attribute.actorId, event.actor.id),
    };
  if (tooLong(event.pluginId))
    event.pluginId = cut(event, attribute.pluginId, event.pluginId);
  if (tooLong(event.eventId))
    event.eventId = cut(event, attribute.eventId, event.eventId);
  if (event.entityRef !== undefined && tooLong(event.entityRef))
    event.entityRef = cut(event, attribute.entityRef, event.entityRef);
}

function tooLong(text: string): boolean {
  return (
    text.length > MAX_INDEXED_BYTES / 3 &&
    Buffer.byteLength(text) > MAX_INDEXED_BYTES
  );
}

function cut(event: AuditEvent, name: string, text: string): string {
  const attributes = Object.assign(emptyJsonObject(), event.otlp?.attributes, {
    [name]: text,
  });
  event.otlp = { ...event.otlp, attributes };
  flag(event, 'truncated');
  // A character cut in half decodes to U+FFFD, which is taken off.
  return Buffer.from(text)
    .subarray(0, MAX_INDEXED_BYTES)
    .toString()
    .replace(/\uFFFD$/, '');
}
