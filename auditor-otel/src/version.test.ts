import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCOPE_NAME, VERSION } from './version';

it('is the name and version in package.json', () => {
  const text = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
  const { name, version } = JSON.parse(text) as Record<string, string>;
  expect({ name, version }).toEqual({ name: SCOPE_NAME, version: VERSION });
});
