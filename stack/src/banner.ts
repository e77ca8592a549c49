import type { Stack } from './start-stack';

/** What `npm start` says once everything runs: where to send, where to read, and a line to paste. */
export function banner(stack: Stack): string {
  const token = stack.newApiToken ?? '$AUDIT_API_TOKEN';
  const endpoint = `${stack.queryUrl}/api/audit-log/v1/audit-event`;
  return `
otel-audit is running.

  Send events   ${stack.receiverUrl}/v1/logs  (OTLP/HTTP, protobuf or JSON)
  Read events   ${endpoint}
  Database      ${stack.folder ? `embedded Postgres in ${stack.folder}` : 'as AUDIT_DATABASE_URL says'}
  API token     ${tokenLine(stack)}

  curl -s -H "Authorization: Bearer ${token}" "${endpoint}?limit=5"

Ctrl-C stops everything.
`;
}

function tokenLine({ newApiToken }: Stack): string {
  return newApiToken
    ? `${newApiToken}  (shown this once: only its hash is kept)`
    : 'as set before; "npm start -- --new-token" makes another';
}
