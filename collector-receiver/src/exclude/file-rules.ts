import { readFile } from 'node:fs/promises';
import { readSettings } from '../read-settings';
import { parseRules, protectableEvents } from 'audit-event/exclude';
import type { IdentifiedRule, ProtectableEvents } from 'audit-event/exclude';

/** What the file says of exclusion. */
export interface FileRules {
  rules: IdentifiedRule[];
  protectedEvents: ProtectableEvents[];
}

/**
 * The rules of a YAML file, parsed again only when its content differs. A mistake anywhere in the file refuses it
 * whole. A file that was never there has no rules; one that is gone is an error, most likely it is being replaced.
 */
export function fileRules(file: string): () => Promise<FileRules> {
  let text: string | undefined;
  let last: FileRules = { rules: [], protectedEvents: [] };
  return async () => {
    const now = await readFile(file, 'utf8').catch((error: Error) => {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (isMissing && text === undefined) return undefined;
      throw error;
    });
    if (now === text || now === undefined) return last;
    last = parseFile(file, now);
    text = now;
    return last;
  };
}

function parseFile(file: string, text: string): FileRules {
  const parsed = parseRules(text);
  if (parsed.status === 'invalid') throw new Error(`${file}: ${parsed.reason}`);
  try {
    const settings = readSettings({}, text);
    return {
      rules: parsed.rules,
      protectedEvents: settings.someOf('protectedEvents', protectableEvents),
    };
  } catch (cause) {
    const reason = (cause as Error).message.replace(/^cannot start: /, '');
    throw new Error(`${file}: ${reason}`, { cause });
  }
}
