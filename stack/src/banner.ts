import type { Stack, TokenSource } from './start-stack';

/** What `npm start` says once everything runs: where to send, where to read, and lines to paste. */
export function banner(stack: Stack): string {
  const { apiToken } = stack;
  const token = apiToken.from === 'now' ? apiToken.secret : '$AUDIT_API_TOKEN';
  const endpoint = `${stack.queryUrl}/api/audit-log/v1/audit-event`;
  return `
otel-audit is running.

  Send events   ${stack.receiverUrl}/v1/logs  (OTLP/HTTP, protobuf or JSON)
                ${stack.receiverGrpcUrl}  (OTLP/gRPC)
  Read events   ${endpoint}
  Database      ${databaseLine(stack)}
  API token     ${tokenLine(apiToken)}
  Web page      ${signInLine(stack)}

  curl -s -H "Authorization: Bearer ${token}" "${endpoint}?limit=5"

Ctrl-C stops everything.
`;
}

function databaseLine({ folder, databaseUrl }: Stack): string {
  return folder === undefined
    ? 'as AUDIT_DATABASE_URL says'
    : `embedded Postgres in ${folder}
                psql "${databaseUrl}"`;
}

function tokenLine(apiToken: TokenSource): string {
  if (apiToken.from === 'environment') return 'as AUDIT_API_TOKEN says';
  if (apiToken.from === 'before')
    return 'as printed at the first start; "npm start -- --new-token" makes another';
  return `${apiToken.secret}  (shown this once: only its hash is kept)
                export AUDIT_API_TOKEN=${apiToken.secret}`;
}

/** What follows # stays in the browser: the link may be opened, but not shared. */
function signInLine({ queryUrl, adminToken }: Stack): string {
  const page = `${queryUrl}/sign-in`;
  if (adminToken.from === 'environment')
    return `${page}  with AUDIT_ADMIN_TOKEN`;
  if (adminToken.from === 'before')
    return `${page}  with the administrator's token as printed at the first start`;
  return `${page}#token=${adminToken.secret}
                (shown this once: it may change rules and tokens)`;
}
