import type { JsonObject, JsonValue } from '../../json';
import { fitValue } from './fit-value';
import { sizeCaps } from './size-caps';
import { truncate } from './truncate';
import type { Original } from './truncate';

/** A place of a record that holds a value, and what puts a cut one there. */
export interface Place {
  value: JsonValue;
  /** Bytes that it takes beside its value. */
  overhead: number;
  put(value: JsonValue): void;
}

/**
 * Cuts every text to its cap, then, while all together are over theirs, the largest values to their beginnings. Each is
 * cut once, so that its hash is that of what was sent.
 *
 * @param holders the objects that have a place for each member: too many members to fit are cut as one value
 * @returns whether anything was cut
 */
export function fitPlaces(places: Place[], holders: Place[]): boolean {
  const all = [...places, ...holders.flatMap(membersOf)];
  const fitted = all.map((place) => {
    const value = fitValue(place.value);
    return { place, value, bytes: place.overhead + jsonBytes(value) };
  });
  let total = fitted.reduce((sum, { bytes }) => sum + bytes, 0);
  fitted.sort((a, b) => b.bytes - a.bytes);
  for (const one of fitted) {
    if (total <= sizeCaps.record || one.bytes <= 2 * sizeCaps.ofLargest) break;
    one.value = truncate(one.place.value, sizeCaps.ofLargest);
    total += one.place.overhead + jsonBytes(one.value) - one.bytes;
  }
  if (total > sizeCaps.record)
    for (const holder of holders)
      holder.put(truncate(holder.value, sizeCaps.ofLargest));
  const cut = fitted.filter(({ place, value }) => value !== place.value);
  for (const { place, value } of cut) place.put(value);
  return cut.length > 0 || total > sizeCaps.record;
}

/** A text of an object as a place: a text stays there, what else is known of the whole goes to `note`. */
export function textPlace<T extends object>(
  object: T | undefined,
  key: keyof T,
  note: (original: Original) => void,
): Place[] {
  const value = object?.[key];
  if (object === undefined || typeof value !== 'string') return [];
  return [
    {
      value,
      overhead: 0,
      put(cut) {
        const { text, ...original } = (cut as { $truncated: TruncatedText })
          .$truncated;
        object[key] = text as T[keyof T];
        note(original);
      },
    },
  ];
}

type TruncatedText = Original & { text: string };

function membersOf({ value: holder }: Place): Place[] {
  const object = holder as JsonObject;
  return Object.entries(object).map(([key, value]) => ({
    value,
    overhead: Buffer.byteLength(key) + 4, // quotes, colon and comma
    put: (cut) => {
      object[key] = cut;
    },
  }));
}

function jsonBytes(value: JsonValue): number {
  return Buffer.byteLength(JSON.stringify(value));
}
