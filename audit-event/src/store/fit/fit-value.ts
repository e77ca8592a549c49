import { emptyJsonObject, isJsonObject } from '../../json';
import type { JsonObject, JsonValue } from '../../json';
import { sizeCaps } from './size-caps';
import { isLonger, truncate } from './truncate';

/**
 * The value with each text in it cut to its cap; the same value when there is nothing to cut. Keys are not cut: what
 * has very long ones is over the cap of the record.
 */
export function fitValue(value: JsonValue): JsonValue {
  if (typeof value === 'string')
    return isLonger(value, sizeCaps.text)
      ? truncate(value, sizeCaps.text)
      : value;
  if (typeof value !== 'object' || value === null) return value;
  return isJsonObject(value) ? fitObject(value) : fitList(value);
}

function fitList(list: JsonValue[]): JsonValue[] {
  const fitted = list.map(fitValue);
  return fitted.some((value, i) => value !== list[i]) ? fitted : list;
}

function fitObject(object: JsonObject): JsonObject {
  const fitted = emptyJsonObject();
  let changed = false;
  for (const [key, value] of Object.entries(object)) {
    fitted[key] = fitValue(value);
    changed ||= fitted[key] !== value;
  }
  return changed ? fitted : object;
}
