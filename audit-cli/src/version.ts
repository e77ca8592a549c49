import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of this package; the same path from `src` and from `dist`. */
export const VERSION: string = (
  JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as {
    version: string;
  }
).version;
