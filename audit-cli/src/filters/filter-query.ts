import { wrongUsage } from '../failure';
import { filterFields } from './fields';
import { optionKey } from './option-key';

/** The options of `addFilterOptions` as commander has them: a list for each filter, by its name in camel case. */
export interface FilterOptions {
  [option: string]: unknown;
  meta?: string[] | undefined;
  where?: string[] | undefined;
  text?: string | undefined;
}

/** Up to the first `=` that has no backslash before it; `name!=value` ends the name in `!`, as the API has it. */
const ASSIGNMENT = /^((?:\\.|[^\\=])+)=(.*)$/s;

/**
 * The filters of a command line as parameters of the API.
 *
 * @throws Failure wrong usage, for what is no `name=value` or has an empty value, which the API would take for no filter at all
 * @example
 * filterQuery({ actor: ['user:*'], notStatus: ['succeeded'] }); // actor_id=user:*&status!=succeeded
 */
export function filterQuery(options: FilterOptions): URLSearchParams {
  const query = new URLSearchParams();
  const add = (
    option: string,
    parameter: string,
    value: string,
    advice = '',
  ) => {
    if (value === '') throw wrongUsage(`${option} must have a value${advice}`);
    query.append(parameter, value);
  };
  for (const { name, parameter } of filterFields) {
    const absent = `; for what is absent say --where 'has!=${parameter}'`;
    for (const value of listOf(options[optionKey(name)]))
      add(`--${name}`, parameter, value, absent);
    const present = `; for what is there say --where has=${parameter}`;
    for (const value of listOf(options[optionKey(`not-${name}`)]))
      add(`--not-${name}`, `${parameter}!`, value, present);
  }
  for (const given of listOf(options.meta)) {
    const [path, value] = assignment('--meta', given, 'owner.team=shop');
    add('--meta', `meta.${path}`, value);
  }
  for (const given of listOf(options.where)) {
    const [name, value] = assignment('--where', given, 'host_name=node-7');
    add('--where', name, value);
  }
  if (options.text !== undefined) add('--text', 'q', options.text);
  return query;
}

function assignment(
  option: string,
  given: string,
  example: string,
): [string, string] {
  const [, name, value] = ASSIGNMENT.exec(given) ?? [];
  if (name !== undefined && value !== undefined && name !== '!')
    return [name, value];
  throw wrongUsage(
    `${option} must be a name and a value such as ${example}, got ${JSON.stringify(given)}`,
  );
}

function listOf(values: unknown): readonly string[] {
  return (values as string[] | undefined) ?? [];
}
