import { cleanJson } from './clean-json';
import type { CleanJson } from './clean-json';
import type { RedactMeta } from './redact-meta';

/**
 * What a caller gave as `meta`, in JSON and without what must not be recorded. Every meta passes here before a record is
 * made of it, so nothing that is redacted reaches a listener, a disk or the network. Never throws.
 */
export function cleanMeta(
  meta: unknown,
  settings: { redactMeta: RedactMeta },
): CleanJson {
  const clean = cleanJson(meta);
  const redacted = settings.redactMeta(clean.meta);
  return redacted === clean.meta ? clean : { ...clean, meta: redacted };
}
