import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of this package. The path is the same from `src` and from `dist`. */
export const VERSION = (
  JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as {
    version: string;
  }
).version;
