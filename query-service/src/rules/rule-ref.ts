/** How events name a rule. */
export function ruleRef(id: string): string {
  return `audit-log-rule:${id}`;
}
