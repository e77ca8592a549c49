import { sha256 } from '../tokens/sha256';

const content = { rules: [], protectedEvents: [], of: 'query-service' };

/** The rule set that the service's own events met: no rule can exclude them. It is not that of a receiver without rules. */
export const NO_RULES = { content, hash: sha256(JSON.stringify(content)) };
