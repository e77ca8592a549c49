import { CodeBlock } from '../../components/code-block';

/** A line for a shell that reads events with a token. */
export function HowToCall() {
  const lines = [
    "export AUDIT_API_TOKEN='paste the secret here'",
    `curl -H "Authorization: Bearer $AUDIT_API_TOKEN" '${location.origin}/api/audit-log/v1/audit-event?limit=5'`,
  ];
  return (
    <CodeBlock text={lines.join('\n')} label="How to read events with it" />
  );
}
