import { createHash } from 'node:crypto';

const content = { rules: [], protectedEvents: [], of: 'audit-log' };

/** The rule set that the audit log's own events met: no rule can exclude them. It is not that of a receiver without rules. */
export const OWN_RULE_SET = {
  content,
  hash: createHash('sha256').update(JSON.stringify(content)).digest(),
};
