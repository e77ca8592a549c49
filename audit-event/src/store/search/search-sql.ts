import { timeText } from '../time-text';
import type { EventSearch, FieldCondition, FieldValue } from './event-search';
import { searchField } from './search-fields';

/** Makes a parameter of a value, `$1` and so on. */
export type Bind = (value: unknown) => string;

/** The values of a statement, and what makes parameters of them. */
export function parameters(): { values: unknown[]; bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

/** Where free text is looked for. */
const SEARCHED = `concat_ws(' ', actor_id, plugin_id, event_id, entity_ref, error_message, meta::text)`;

/**
 * A search as SQL over rows of `audit.event`, without its time range; over rows of `audit.event_count` too when it is a
 * counted one. Names come from the table of fields, and every value travels as a parameter.
 */
export function searchSql(search: EventSearch, bind: Bind): string {
  const { recordedStartMs, recordedEndMs } = search;
  const conditions = [
    recordedStartMs !== undefined &&
      `recorded_at >= ${bind(timeText(recordedStartMs))}::timestamptz`,
    recordedEndMs !== undefined &&
      `recorded_at < ${bind(timeText(recordedEndMs + 1))}::timestamptz`,
    ...search.fields.map((one) => negated(fieldSql(one, bind), one.isNegated)),
    ...search.presence.map(
      ({ field, isNegated }) =>
        `${searchField(field).sql} is ${isNegated ? 'null' : 'not null'}`,
    ),
    ...search.meta.map(({ path, values, isNegated }) =>
      negated(
        textSql(`(meta #>> ${bind(path)}::text[])`, values, bind),
        isNegated,
      ),
    ),
    ...search.terms.map(
      (term) => `${SEARCHED} ilike ${bind(`%${escapeLike(term)}%`)}::text`,
    ),
  ];
  return conditions.filter((sql) => sql !== false).join(' and ') || 'true';
}

/** A time range over `event_time`, in milliseconds since 1970, both ends inclusive. */
export function timeSql(
  { startMs, endMs }: Pick<EventSearch, 'startMs' | 'endMs'>,
  bind: Bind,
): string {
  return `event_time >= ${bind(timeText(startMs))}::timestamptz and event_time < ${bind(timeText(endMs + 1))}::timestamptz`;
}

/** What is not known to be true is no match, and its negation is one. */
function negated(sql: string, isNegated: boolean): string {
  return isNegated ? `(${sql}) is not true` : `(${sql})`;
}

function fieldSql({ field, values }: FieldCondition, bind: Bind): string {
  const { kind, sql, attribute } = searchField(field);
  if (attribute !== undefined)
    return `resource_id in (select id from audit.resource where ${textSql(`(attributes ->> '${attribute}')`, values, bind)})`;
  // So that the index over entities is of use.
  if (field === 'entity_kind')
    return textSql('entity_ref', values.map(asBeginningOfRef), bind);
  const exact = values.flatMap((one) => ('equals' in one ? [one.equals] : []));
  switch (kind) {
    case 'uuid':
      return `${sql} = any (${bind(exact)}::uuid[])`;
    case 'hex':
      return `${sql} = any (${bind(exact.map((hex) => Buffer.from(hex, 'hex')))}::bytea[])`;
    case 'flags':
      return `${sql} && ${bind(exact)}::text[]`;
    case 'integer':
      return values
        .map((one) => {
          const { from, to } = 'from' in one ? one : { from: NaN, to: NaN };
          return `${sql} between ${bind(from)}::bigint and ${bind(to)}::bigint`;
        })
        .join(' or ');
    default:
      return textSql(sql, values, bind);
  }
}

function textSql(
  sql: string,
  values: readonly FieldValue[],
  bind: Bind,
): string {
  const exact = values.flatMap((one) => ('equals' in one ? [one.equals] : []));
  const prefixes = values.flatMap((one) =>
    'prefix' in one ? [one.prefix] : [],
  );
  const equals =
    exact.length === 1
      ? [`${sql} = ${bind(exact[0])}::text`]
      : exact.length > 1
        ? [`${sql} = any (${bind(exact)}::text[])`]
        : [];
  return [
    ...equals,
    ...prefixes.map((prefix) => `starts_with(${sql}, ${bind(prefix)}::text)`),
  ].join(' or ');
}

function asBeginningOfRef(value: FieldValue): FieldValue {
  return 'equals' in value ? { prefix: `${value.equals}:` } : value;
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
