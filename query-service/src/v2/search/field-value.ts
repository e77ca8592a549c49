import { uuidOf } from 'audit-event';
import { searchField } from 'audit-event/store';
import type { FieldName, FieldValue } from 'audit-event/store';
import { refusedValue } from '../../http/refused-value';

/** Of a text that is searched for, and of an id, in UTF-16 units. */
export const MAX_VALUE_LENGTH = 2_048;
export const MAX_ID_LENGTH = 256;
const INTEGER = /^(-?\d{1,16})(?:\.\.(-?\d{1,16}))?$/;

/**
 * A value of a filter as its field has it. Words may be several with commas between them; of texts the beginning may be
 * given, with `*` behind it; numbers may be from one to another, `10..20`.
 *
 * @throws HttpError `InputError` naming the field, what was expected and what came
 */
export function fieldValue(field: FieldName, given: string): FieldValue[] {
  const kind = searchField(field);
  switch (kind.kind) {
    case 'word':
    case 'flags':
      return given
        .split(',')
        .filter(Boolean)
        .map((word) => {
          if (kind.words.includes(word)) return { equals: word };
          throw refusedValue(field, `one of ${kind.words.join(', ')}`, word);
        });
    case 'uuid':
      if (given.length > MAX_ID_LENGTH)
        throw refusedValue(
          field,
          `an id of at most ${MAX_ID_LENGTH} characters`,
          given,
        );
      return [{ equals: uuidOf(given).uuid }];
    case 'hex':
      if (new RegExp(`^[0-9a-f]{${kind.digits}}$`, 'i').test(given))
        return [{ equals: given }];
      throw refusedValue(field, `${kind.digits} hexadecimal digits`, given);
    case 'integer':
      return [numbers(field, given)];
    default:
      if (given.length > MAX_VALUE_LENGTH)
        throw refusedValue(
          field,
          `at most ${MAX_VALUE_LENGTH} characters long`,
          given,
        );
      return [textValue(given)];
  }
}

/** `catalog` as it is, `cata*` for what begins so, `cata\*` for a star at the end. */
export function textValue(given: string): FieldValue {
  if (given.endsWith(String.raw`\*`))
    return { equals: `${given.slice(0, -2)}*` };
  if (given.endsWith('*')) return { prefix: given.slice(0, -1) };
  return { equals: given };
}

function numbers(field: FieldName, given: string): FieldValue {
  const [, first, last = first] = INTEGER.exec(given) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (Number.isSafeInteger(from) && Number.isSafeInteger(to) && from <= to)
    return { from, to };
  throw refusedValue(field, 'a whole number, or two such as 10..20', given);
}
