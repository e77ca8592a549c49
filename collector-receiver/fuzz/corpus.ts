import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { arbitraryRequest } from '../test/kit/arbitrary-request';
import { toOtlpJson } from '../test/kit/otlp-json';
import { encodeRequest } from '../test/kit/otlp-oracle';
import { packageFolder } from '../test/kit/package-folder';

const ARBITRARY = 300;

/** Requests to begin with, in each encoding. */
export interface Corpus {
  protobuf: Buffer[];
  json: Buffer[];
}

/** The requests of real senders that are not compressed, and arbitrary ones, the same for the same seed. */
export function corpus(seed: number): Corpus {
  const folder = join(packageFolder, 'testdata', 'senders');
  const files = readdirSync(folder).filter(
    (file) =>
      !/\.(gzip|deflate|zstd)\./.test(file) && !file.endsWith('.expected.json'),
  );
  const read = (extension: string) =>
    files
      .filter((file) => file.endsWith(extension))
      .map((file) => readFileSync(join(folder, file)));
  const requests = fc.sample(arbitraryRequest, { seed, numRuns: ARBITRARY });
  return {
    protobuf: [
      ...read('.bin'),
      ...requests.map((request) => Buffer.from(encodeRequest(request))),
    ],
    json: [
      ...read('.json'),
      ...requests.map((request) => Buffer.from(toOtlpJson(request))),
    ],
  };
}
