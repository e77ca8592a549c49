import {
  cpSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../root';
import { applyPatches } from './patch';
import type { Patch } from './patch';

/** What is different in a copy. */
export interface CopyOptions {
  /** The folder of a package, such as `collector-receiver`. */
  package: string;
  /** Where the copy goes; it must not be there yet. */
  to: string;
  /** By file, such as `dist/start.js`. */
  patches?: Readonly<Record<string, readonly Patch[]>> | undefined;
  /** The version number that the copy says it has. */
  version?: string | undefined;
}

/** Copies the build of a package, which runs from there like the original, with what is to be different. */
export function copyBuild(options: CopyOptions): void {
  const { to, patches = {}, version } = options;
  const from = join(ROOT, options.package);
  mkdirSync(to, { recursive: true });
  cpSync(join(from, 'dist'), join(to, 'dist'), {
    recursive: true,
    // Types and source maps run nowhere.
    filter: (file) => !/\.(d\.ts|map)$/.test(file),
  });
  const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
  const changed = version === undefined ? manifest : { ...manifest, version };
  writeFileSync(join(to, 'package.json'), JSON.stringify(changed));
  symlinkSync(join(ROOT, 'node_modules'), join(to, 'node_modules'));
  for (const [file, all] of Object.entries(patches)) {
    const path = join(to, file);
    writeFileSync(path, applyPatches(file, readFileSync(path, 'utf8'), all));
  }
}
