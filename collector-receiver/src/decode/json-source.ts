import { isJsonObject } from 'audit-event';
import type { EventSource, JsonObject } from 'audit-event';
import { readJsonAttributes } from './json-any-value';
import type { JsonSource } from './json-envelope';
import { failReading, readText, startReading } from './json-reading';
import type { JsonReading } from './json-reading';

/** Reads resource and scope of OTLP/JSON; absent ones are empty. */
export function readJsonSource(
  { resource, scope, resourceSchemaUrl, scopeSchemaUrl }: JsonSource,
  replaced: boolean,
): { source: EventSource; reading: JsonReading } {
  const reading = startReading(replaced);
  const ofResource = objectOf(reading, 'resource', resource);
  const ofScope = objectOf(reading, 'scope', scope);
  const attributes = (name: string, value: unknown) =>
    readJsonAttributes(reading, name, value, 0);
  const text = (name: string, value: unknown) =>
    readText(reading, name, value) || undefined;
  const source: EventSource = {
    resource: attributes('resource.attributes', ofResource['attributes']),
    schemaUrl: text('schemaUrl', resourceSchemaUrl),
    scopeName: text('scope.name', ofScope['name']),
    scopeVersion: text('scope.version', ofScope['version']),
    scopeAttributes: unlessNone(
      attributes('scope.attributes', ofScope['attributes']),
    ),
    scopeSchemaUrl: text('schemaUrl', scopeSchemaUrl),
  };
  return { source, reading };
}

function unlessNone(attributes: JsonObject): JsonObject | undefined {
  return Object.keys(attributes).length === 0 ? undefined : attributes;
}

function objectOf(
  reading: JsonReading,
  name: string,
  value: unknown,
): Record<string, unknown> {
  if (isJsonObject(value)) return value;
  if (value !== undefined && value !== null)
    failReading(reading, name, 'an object', value);
  return {};
}
