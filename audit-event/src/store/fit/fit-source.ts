import type { EventSource } from '../../audit-event';
import type { JsonObject, JsonValue } from '../../json';
import { fitPlaces, textPlace } from './fit-places';
import type { Place } from './fit-places';

/** Whether each source had to be cut. One object is shared by many records. */
const fitted = new WeakMap<EventSource, boolean>();

/**
 * Cuts what is over `sizeCaps` in a source, in place, once per object; it must come before the source's id is taken.
 * Length and hash of its texts are kept in the resource, as `$truncated`.
 *
 * @returns whether anything was cut
 */
export function fitSource(source: EventSource): boolean {
  let isCut = fitted.get(source);
  if (isCut === undefined) {
    isCut = cutSource(source);
    fitted.set(source, isCut);
  }
  return isCut;
}

function cutSource(source: EventSource): boolean {
  const truncated: Record<string, JsonValue> = {};
  const text = (name: string, key: keyof EventSource) =>
    textPlace(source, key, (original) => {
      truncated[name] = { ...original };
    });
  const texts = [
    text('schema_url', 'schemaUrl'),
    text('scope_name', 'scopeName'),
    text('scope_version', 'scopeVersion'),
    text('scope_schema_url', 'scopeSchemaUrl'),
  ].flat();
  const isCut = fitPlaces(texts, [
    holder(source.resource, (cut) => (source.resource = cut)),
    ...(source.scopeAttributes === undefined
      ? []
      : [
          holder(
            source.scopeAttributes,
            (cut) => (source.scopeAttributes = cut),
          ),
        ]),
  ]);
  if (Object.keys(truncated).length > 0)
    source.resource['$truncated'] = truncated;
  return isCut;
}

function holder(object: JsonObject, put: (cut: JsonObject) => void): Place {
  return { value: object, overhead: 0, put: (cut) => put(cut as JsonObject) };
}
