import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strictPolicy } from './strict-policy';
import type { Route } from './route';

/** The same path from `src` and from `dist`. */
const PUBLIC = join(__dirname, '..', '..', 'public');

/** The text of a file that browsers get. */
export function publicFile(name: string): string {
  return readFileSync(join(PUBLIC, name), 'utf8');
}

/** Answers every `GET` of a path with the same text, for browsers to treat as strictly as they can. */
export function publicText(path: string, type: string, text: string): Route {
  return {
    path,
    get(_req, res) {
      strictPolicy(res).type(type).send(text);
    },
  };
}
