import { fieldOfKey, fields, isFieldName } from './fields';

const INTEGER = /^(-?\d{1,16})(?:\.\.(-?\d{1,16}))?$/;

/** What is wrong with a value of a field, as a sentence; undefined when nothing is. */
export function valueProblem(field: string, value: string): string | undefined {
  if (field === 'has')
    return fieldOfKey(value) === undefined
      ? `There is no field "${value}" that an event could have`
      : undefined;
  if (!isFieldName(field)) return undefined;
  const kind = fields[field];
  switch (kind.kind) {
    case 'word':
      return kind.words.includes(value)
        ? undefined
        : `${kind.key} is one of ${kind.words.join(', ')}`;
    case 'hex':
      return new RegExp(`^[0-9a-f]{${kind.digits}}$`, 'i').test(value)
        ? undefined
        : `${kind.key} has ${kind.digits} hexadecimal digits`;
    case 'integer': {
      const [, first, last = first] = INTEGER.exec(value) ?? [];
      return Number(first) <= Number(last)
        ? undefined
        : `${kind.key} is a whole number, or two as ${kind.key}:10..20`;
    }
    default:
      return undefined;
  }
}
