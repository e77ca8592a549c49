// Hundreds of real processes share the machine in a whole run, and one may be slower than a test has patience for. A file that failed
// runs once more, alone: it fails again when the code is wrong, and what passes is named as unstable, to be mended.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const MAX_FILES = 5;
/** They look for what goes wrong rarely: one loss is one too many, so they get another chance only when their time was up. */
const LOOK_FOR_LOSS = /chaos|kill|poison|queue|modes|crash/;

const isChance = ({ name, assertionResults }) =>
  !LOOK_FOR_LOSS.test(relative('.', name)) ||
  assertionResults
    .flatMap(({ failureMessages }) => failureMessages)
    .every((message) => message.includes('Exceeded timeout'));

const failed = process.argv
  .slice(2)
  .flatMap(
    (suite) =>
      JSON.parse(readFileSync(`.jest-${suite}.json`, 'utf8')).testResults,
  )
  .filter(({ status }) => status === 'failed');
const files = failed
  .filter((one) => isChance(one))
  .map(({ name }) => relative('.', name));
if (files.length === 0) process.exit();
if (failed.length > MAX_FILES) {
  console.log(`not run again: ${failed.length} files are no accident`);
  process.exit();
}
console.log(`run again, alone: ${files.join(' ')}`);
const again = ['--json', '--outputFile=.jest-again.json'];
const jest = ['jest', '--maxWorkers=1', ...again, '--runTestsByPath', ...files];
spawnSync('npx', jest, { stdio: 'inherit' });
