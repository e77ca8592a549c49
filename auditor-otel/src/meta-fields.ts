/** What the value of a field may be, and its type. A date becomes its ISO text when it is recorded. */
interface FieldTypes {
  string: string;
  number: number;
  boolean: boolean;
  date: Date;
  list: readonly unknown[];
  object: object;
}

/** The types of fields. */
export const fieldTypes = [
  'string',
  'number',
  'boolean',
  'date',
  'list',
  'object',
] as const satisfies readonly (keyof FieldTypes)[];
export type FieldType = (typeof fieldTypes)[number];

/** A type, with `?` when the field may be absent. */
type FieldWord = FieldType | `${FieldType}?`;

/** A field of meta: its type, or that and what it means. */
export type MetaField =
  FieldWord | { type: FieldWord; description?: string | undefined };

/** The fields of an event's meta by name. */
export type MetaFields = Record<string, MetaField>;

type WordOf<Field extends MetaField> = Field extends { type: infer Word }
  ? Word
  : Field;
type OptionalNames<Fields extends MetaFields> = {
  [Name in keyof Fields]: WordOf<Fields[Name]> extends `${string}?`
    ? Name
    : never;
}[keyof Fields];
type TypeOf<Word> = Word extends `${infer Type extends FieldType}?`
  ? FieldTypes[Type] | undefined
  : Word extends FieldType
    ? FieldTypes[Word]
    : never;

/**
 * The meta that has these fields.
 *
 * @example
 * type Meta = MetaOf<{ entityRef: 'string'; refund: 'number?' }>; // { entityRef: string; refund?: number | undefined }
 */
export type MetaOf<Fields extends MetaFields> = {
  [Name in Exclude<keyof Fields, OptionalNames<Fields>>]: TypeOf<
    WordOf<Fields[Name]>
  >;
} & { [Name in OptionalNames<Fields>]?: TypeOf<WordOf<Fields[Name]>> };

/** A field as documentation has it. */
export interface DescribedField {
  name: string;
  type: FieldType;
  required: boolean;
  description?: string;
}

/**
 * Describes the fields of meta.
 *
 * @throws an Error that names the field whose type is none
 */
export function describeFields(
  fields: MetaFields,
  eventId: string,
): DescribedField[] {
  return Object.entries(fields).map(([name, field]) => {
    const { type: word, description } =
      typeof field === 'string'
        ? { type: field, description: undefined }
        : field;
    const type = fieldTypes.find((known) => word.replace(/\?$/, '') === known);
    if (type === undefined)
      throw new Error(
        `cannot define event ${eventId}: meta.${name} must be one of ${fieldTypes.join(', ')}, with ? when it may be absent, got '${word}'`,
      );
    const described = { name, type, required: !word.endsWith('?') };
    return description === undefined
      ? described
      : { ...described, description };
  });
}
