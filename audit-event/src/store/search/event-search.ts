import { COUNTED_COLUMNS } from '../counts/counted-columns';
import type { FieldName } from './search-fields';

/** What a field must be: exactly this, or something that begins so, or a number from one to another. */
export type FieldValue =
  { equals: string } | { prefix: string } | { from: number; to: number };

/** Any of the values; or none of them, which is true of an absent field too. */
export interface FieldCondition {
  field: FieldName;
  isNegated: boolean;
  values: readonly FieldValue[];
}

/** The same of the text at a place in `meta`, whose keys are given from the outside inwards. */
export interface MetaCondition {
  path: readonly string[];
  isNegated: boolean;
  values: readonly FieldValue[];
}

/** What events to find: all of it must hold. Times are milliseconds since 1970, both ends inclusive. */
export interface EventSearch {
  startMs: number;
  endMs: number;
  recordedStartMs?: number | undefined;
  recordedEndMs?: number | undefined;
  fields: readonly FieldCondition[];
  meta: readonly MetaCondition[];
  /** Whether a field must be there or must not. */
  presence: readonly { field: FieldName; isNegated: boolean }[];
  /** Texts that must all occur somewhere in actor, plugin, event, entity, error or meta, in capitals or not. */
  terms: readonly string[];
}

/** Whether a field is among those that are counted by the hour. */
export function isCountedField(field: FieldName): boolean {
  return (COUNTED_COLUMNS as readonly string[]).includes(field);
}

/** Whether a search asks for fields alone, that are there or are not. */
function isOfFields(search: EventSearch): boolean {
  return (
    search.recordedStartMs === undefined &&
    search.recordedEndMs === undefined &&
    search.meta.length === 0 &&
    search.terms.length === 0
  );
}

/** Whether a search asks for values of fields alone. */
export function isOfFieldsAlone(search: EventSearch): boolean {
  return isOfFields(search) && search.presence.length === 0;
}

/** Whether the hourly counts can tell how many events a search finds. */
export function isCounted(search: EventSearch): boolean {
  return (
    isOfFields(search) &&
    [...search.fields, ...search.presence].every(({ field }) =>
      isCountedField(field),
    )
  );
}

/** Whether a search says something about a field. */
export function isFiltered(search: EventSearch, field: FieldName): boolean {
  return [...search.fields, ...search.presence].some(
    (one) => one.field === field,
  );
}

/** The search without what it says about one field. */
export function withoutField(
  search: EventSearch,
  field: FieldName,
): EventSearch {
  return {
    ...search,
    fields: search.fields.filter((one) => one.field !== field),
    presence: search.presence.filter((one) => one.field !== field),
  };
}
