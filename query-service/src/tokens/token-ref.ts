/** How events name a token. */
export function tokenRef(subject: string): string {
  return `audit-log-token:${subject}`;
}
