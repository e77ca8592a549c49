/** The keys of a rule with what they are called, and an example of a pattern. */
export const ruleFields = [
  ['actorId', 'Actor', 'plugin:*'],
  ['eventId', 'Event', 'entity-fetch'],
  ['pluginId', 'Plugin', 'catalog'],
  ['severityLevel', 'Severity', 'low'],
  ['status', 'Status', 'succeeded'],
  ['actionType', 'Action type', 'dry-run'],
  ['queryType', 'Query type', 'by-query'],
  ['requestMethod', 'Request method', 'GET'],
  ['requestPath', 'Request path', '/api/catalog/**'],
] as const;

/** A rule in a line: `actorId plugin:* × eventId entity-fetch`. */
export function ruleLabel(rule: object): string {
  return ruleFields
    .flatMap(([key]) => {
      const value = (rule as Partial<Record<string, unknown>>)[key];
      return typeof value === 'string' ? [`${key} ${value}`] : [];
    })
    .join(' × ');
}
