import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this package, from wherever this file was compiled to. */
export const packageFolder: string = folderAbove(__dirname);

function folderAbove(folder: string): string {
  return existsSync(join(folder, 'package.json'))
    ? folder
    : folderAbove(dirname(folder));
}
