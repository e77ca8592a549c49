/** An exclusion rule as the API has it: patterns by the name of what they look at. */
export type Rule = Readonly<Record<string, unknown>>;

/** The keys of a rule, and the option that gives each. */
export const ruleOptions = {
  actorId: 'actor',
  eventId: 'event',
  pluginId: 'plugin',
  severityLevel: 'severity',
  status: 'status',
  actionType: 'action',
  queryType: 'query-type',
  requestMethod: 'method',
  requestPath: 'path',
} as const;

/** Says that a rule means to be as broad as it is; it is no part of what the rule matches. */
export const ACKNOWLEDGE_KEY = 'acknowledgeBroad';

/**
 * A rule as text, the same for rules that say the same.
 *
 * @example
 * ruleText({ eventId: 'task', actorId: 'plugin:*' }); // 'actorId: plugin:*, eventId: task'
 */
export function ruleText(rule: Rule): string {
  const names = Object.keys(ruleOptions);
  return Object.entries(rule)
    .filter(([key, value]) => key !== ACKNOWLEDGE_KEY && value !== undefined)
    .map(([key, value]) => ({ key, text: textOf(value) }))
    .toSorted((a, b) => names.indexOf(a.key) - names.indexOf(b.key))
    .map(({ key, text }) => `${key}: ${text}`)
    .join(', ');
}

function textOf(value: unknown): string {
  return typeof value === 'string' && !/[,:]\s|^["\s]|\s$/.test(value)
    ? value
    : JSON.stringify(value);
}
