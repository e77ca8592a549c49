import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** Where `npm run build` puts the page; the same from `src` and from `dist`. */
export const PAGE_FOLDER = join(__dirname, '..', '..', 'web', 'dist');

/** Content codings in the order of preference, with the end of the name of a file that has it. */
const CODINGS = { br: '.br', gzip: '.gz', identity: '' } as const;
export type Coding = keyof typeof CODINGS;
export const codings = Object.keys(CODINGS) as Coding[];

/** A file of the page, in memory. */
export interface PageFile {
  /** `.js` and such. */
  extension: string;
  etag: string;
  bodies: Partial<Record<Coding, Buffer>>;
}

export interface PageFiles {
  document: PageFile;
  /** By name below `/assets/`; names carry a hash of what is in them. */
  assets: ReadonlyMap<string, PageFile>;
}

/** The files of the page as it was built; undefined when it was not. */
export function readPageFiles(folder: string): PageFiles | undefined {
  if (!existsSync(join(folder, 'index.html'))) return undefined;
  const assets = join(folder, 'assets');
  const names = readdirSync(assets).filter((name) => !/\.(br|gz)$/.test(name));
  return {
    document: readPageFile(join(folder, 'index.html')),
    assets: new Map(
      names.map((name) => [name, readPageFile(join(assets, name))]),
    ),
  };
}

function readPageFile(path: string): PageFile {
  const bodies: PageFile['bodies'] = {};
  for (const coding of codings) {
    const file = path + CODINGS[coding];
    if (existsSync(file)) bodies[coding] = readFileSync(file);
  }
  const hash = createHash('sha256')
    .update(bodies.identity!)
    .digest('base64url');
  // Weak: it is the same whatever the coding is.
  return { extension: extname(path), etag: `W/"${hash.slice(0, 22)}"`, bodies };
}
