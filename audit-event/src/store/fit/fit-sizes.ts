import { attribute } from '../../attribute-names';
import type { AuditEvent, OtlpRest } from '../../audit-event';
import { flag } from '../../from-log-record';
import { emptyJsonObject } from '../../json';
import type { JsonObject } from '../../json';
import { fitPlaces, textPlace } from './fit-places';
import type { Place } from './fit-places';
import { fitSource } from './fit-source';
import { sizeCaps } from './size-caps';
import { beginningOf, isLonger, truncate } from './truncate';

/**
 * Cuts what is over `sizeCaps`, in place, and flags the event `truncated`. Length and SHA-256 of the whole are kept: for
 * a text with a place of its own under `otlp.truncated`, for any other value as `{"$truncated": ...}` where it stood.
 * Of a text that is cut only because it is indexed the whole is kept under `otlp.attributes`.
 *
 * @param size of the record on the wire, at least the number of UTF-16 units of its longest text: when it is small the
 * event's values are not looked at
 * @example
 * fitSizes(event, record.size);
 */
export function fitSizes(
  event: AuditEvent,
  size: number = Infinity,
): AuditEvent {
  const isIndexedCut = fitIndexed(event);
  const isIdCut = fitIds(event.otlp?.attributes);
  // An indexed text may come from the source, whose size is not in that of the record.
  const isLarge = size > sizeCaps.surelySmall || isIndexedCut;
  const isContentCut = isLarge && fitContent(event);
  const isSourceCut = event.source !== undefined && fitSource(event.source);
  if (isIndexedCut || isIdCut || isContentCut || isSourceCut)
    flag(event, 'truncated');
  return event;
}

function fitIndexed(event: AuditEvent): boolean {
  let isCut = false;
  const fit = (name: string, text: string) => {
    if (!isLonger(text, sizeCaps.indexedText)) return text;
    isCut = true;
    attributesOf(event)[name] = text;
    return beginningOf(text, sizeCaps.indexedText);
  };
  event.actor.id = fit(attribute.actorId, event.actor.id);
  event.pluginId = fit(attribute.pluginId, event.pluginId);
  event.eventId = fit(attribute.eventId, event.eventId);
  if (event.entityRef !== undefined)
    event.entityRef = fit(attribute.entityRef, event.entityRef);
  return isCut;
}

const IDS = [
  attribute.uid,
  attribute.recordId,
  attribute.operationId,
  attribute.streamId,
];

/** Ids that are no UUID are kept as they came, unless they are no ids at all. */
function fitIds(attributes: JsonObject | undefined): boolean {
  if (attributes === undefined) return false;
  let isCut = false;
  for (const name of IDS) {
    const id = attributes[name];
    if (typeof id !== 'string' || !isLonger(id, sizeCaps.id)) continue;
    attributes[name] = truncate(id, sizeCaps.id);
    isCut = true;
  }
  return isCut;
}

function fitContent(event: AuditEvent): boolean {
  const { actor, request, error, otlp } = event;
  const text = <T extends object>(
    name: string,
    object: T | undefined,
    key: keyof T,
  ) =>
    textPlace(object, key, (original) => {
      const rest = (event.otlp ??= {});
      rest.truncated = { ...rest.truncated, [name]: original };
    });
  const texts = [
    text(attribute.initiatorId, actor, 'initiatorId'),
    text(attribute.clientAddress, actor, 'ip'),
    text(attribute.userAgent, actor, 'userAgent'),
    text(attribute.requestMethod, request, 'method'),
    text(attribute.urlPath, request, 'path'),
    text(attribute.urlQuery, request, 'query'),
    text(attribute.serverAddress, request, 'host'),
    text(attribute.actionType, event, 'actionType'),
    text(attribute.queryType, event, 'queryType'),
    text(attribute.errorType, error, 'type'),
    text(attribute.errorMessage, error, 'message'),
    text(attribute.errorStack, error, 'stack'),
    text('severity_text', otlp, 'severityText'),
    text('event_name', otlp, 'eventName'),
  ].flat();
  const meta: Place = {
    value: event.meta,
    overhead: 0,
    put: (cut) => (event.meta = cut as JsonObject),
  };
  return fitPlaces(
    [...texts, ...bodyOf(otlp)],
    [meta, ...attributesPlace(otlp)],
  );
}

function bodyOf(otlp: OtlpRest | undefined): Place[] {
  if (otlp?.body === undefined) return [];
  return [{ value: otlp.body, overhead: 0, put: (cut) => (otlp.body = cut) }];
}

function attributesPlace(otlp: OtlpRest | undefined): Place[] {
  if (otlp?.attributes === undefined) return [];
  return [
    {
      value: otlp.attributes,
      overhead: 0,
      put: (cut) => (otlp.attributes = cut as JsonObject),
    },
  ];
}

function attributesOf(event: AuditEvent): JsonObject {
  const rest = (event.otlp ??= {});
  return (rest.attributes ??= emptyJsonObject());
}
