// The last line of CI: what passed and what failed, in the end, with the names of what passed only when run alone.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const read = (file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).testResults : [];
const first = process.argv
  .slice(2)
  .flatMap((suite) => read(`.jest-${suite}.json`));
const again = new Map(read('.jest-again.json').map((one) => [one.name, one]));

const last = first.map((one) => again.get(one.name) ?? one);
const unstable = [...again.values()].filter(
  ({ status }) => status === 'passed',
);
for (const { name } of unstable)
  console.log(`unstable, passed when run alone: ${relative('.', name)}`);

const count = (wanted) =>
  last
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === wanted).length;
// A file that could not be run at all has no results of its own.
const broken = last.filter(
  ({ status, assertionResults }) =>
    status === 'failed' &&
    !assertionResults.some((test) => test.status === 'failed'),
);
const failed = count('failed') + broken.length;
console.log(`${count('passed')} passed, ${failed} failed`);
process.exitCode = failed === 0 && last.length > 0 ? 0 : 1;
