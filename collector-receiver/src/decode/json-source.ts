import { isJsonObject } from 'audit-event';
import type { EventSource } from 'audit-event';
import { readJsonAttributes } from './json-any-value';
import { failReading, readText, startReading } from './json-reading';
import type { JsonReading } from './json-reading';

/** Reads resource and scope of OTLP/JSON; absent ones are empty. */
export function readJsonSource(
  resource: unknown,
  scope: unknown,
  replaced: boolean,
): { source: EventSource; reading: JsonReading } {
  const reading = startReading(replaced);
  const { attributes } = objectOf(reading, 'resource', resource);
  const { name, version } = objectOf(reading, 'scope', scope);
  const source: EventSource = {
    resource: readJsonAttributes(reading, 'resource.attributes', attributes, 0),
  };
  source.scopeName = readText(reading, 'scope.name', name) || undefined;
  source.scopeVersion =
    readText(reading, 'scope.version', version) || undefined;
  return { source, reading };
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
