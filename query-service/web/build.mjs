// Builds the page into dist/, with each file compressed beside it. Says nothing and does nothing when its inputs are those of the last build.
import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const here = import.meta.dirname;
const dist = join(here, 'dist');
const STAMP = join(dist, '.inputs');
/** What the built files follow from; which versions of libraries, the lockfile says. */
const INPUTS = [
  'src/**/*.{ts,tsx,css}',
  '*.{html,mjs,json}',
  '../../package-lock.json',
];
const COMPRESSIBLE = /\.(html|js|css|svg)$/;

const inputs = hashOf(
  INPUTS.flatMap((pattern) => globSync(pattern, { cwd: here }))
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .toSorted(),
);
const built = existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : '';
if (built !== inputs) await build();

async function build() {
  const { build: bundle } = await import('vite');
  rmSync(dist, { recursive: true, force: true });
  await bundle({ configFile: join(here, 'vite.config.mjs'), logLevel: 'warn' });
  for (const file of globSync('**/*', { cwd: dist })) {
    if (COMPRESSIBLE.test(file)) compress(join(dist, file));
  }
  writeFileSync(STAMP, inputs);
  console.log(
    `page: ${firstLoadKb()} kB of script at first load, compressed with gzip`,
  );
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(`${file}\0`).update(readFileSync(join(here, file)));
  return hash.digest('hex');
}

function compress(file) {
  const bytes = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  const quality = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
  };
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: quality }));
}

/** Scripts that the document names, in 1000 bytes. */
function firstLoadKb() {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const scripts = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)];
  const bytes = scripts.map(
    ([, path]) => readFileSync(join(dist, `${path}.gz`)).length,
  );
  return Math.ceil(bytes.reduce((sum, one) => sum + one, 0) / 1_000);
}
