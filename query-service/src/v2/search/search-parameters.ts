import { fieldNames, searchField } from 'audit-event/store';
import type { FieldName } from 'audit-event/store';
import {
  anyText,
  rangeParameters,
  someWords,
  utcTime,
} from '../../http/parameter-table';
import type {
  ParameterDescription,
  ParameterTable,
} from '../../http/parameter-table';
import { MAX_ID_LENGTH, MAX_VALUE_LENGTH } from './field-value';
import { MAX_TERMS, MAX_TERMS_LENGTH } from './terms';

/** What a search takes beside filters by field and by meta. */
export const boundParameters = {
  ...rangeParameters,
  recorded_start_time: utcTime('First recorded_at, inclusive'),
  recorded_end_time: utcTime('Last recorded_at, inclusive'),
  q: anyText(
    `Up to ${MAX_TERMS} words or phrases in quotes, all of which must occur`,
    { maxLength: MAX_TERMS_LENGTH },
  ),
};
export type BoundName = keyof typeof boundParameters;
export const boundNames = Object.keys(boundParameters) as BoundName[];

/** All that a search takes: made from the table of fields that checks it. */
export const searchParameters: ParameterTable = {
  ...boundParameters,
  ...Object.fromEntries(
    fieldNames.flatMap((name) => [
      [name, fieldParameter(name, 'Any of these')],
      [`${name}!`, fieldParameter(name, 'None of these')],
    ]),
  ),
  has: someWords('Fields that must be there', fieldNames),
  'has!': someWords('Fields that must not be there', fieldNames),
  meta: {
    description:
      'Given as meta.path=value, with the keys from the outside inwards and dots between them; meta.path!=value for none of these',
    schema: { type: 'object', additionalProperties: { type: 'string' } },
  },
};

function fieldParameter(
  field: FieldName,
  description: string,
): ParameterDescription {
  const kind = searchField(field);
  switch (kind.kind) {
    case 'word':
    case 'flags':
      return someWords(description, kind.words);
    case 'hex':
      return repeated(description, {
        type: 'string',
        pattern: `^[0-9A-Fa-f]{${kind.digits}}$`,
      });
    case 'integer':
      return repeated(`${description}; 10..20 for a range`, {
        type: 'string',
        pattern: String.raw`^-?\d{1,16}(\.\.-?\d{1,16})?$`,
      });
    case 'uuid':
      return repeated(description, {
        type: 'string',
        maxLength: MAX_ID_LENGTH,
      });
    default:
      return repeated(`${description}; * at the end for a beginning`, {
        type: 'string',
        maxLength: MAX_VALUE_LENGTH,
      });
  }
}

function repeated(description: string, items: object): ParameterDescription {
  return { description, explode: true, schema: { type: 'array', items } };
}
