import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withSecretFiles } from './secret-files';

const NAME = 'AUDIT_API_TOKEN';
const folder = mkdtempSync(join(tmpdir(), 'otel-audit-secret-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(text: string): string {
  const file = join(folder, 'secret');
  writeFileSync(file, text);
  return file;
}

it('takes a secret from its file, without the line end that editors write', () => {
  const env = { [`${NAME}_FILE`]: fileOf('of the file\r\n'), PATH: '/bin' };
  expect(withSecretFiles(env)).toEqual({ [NAME]: 'of the file', PATH: '/bin' });
  expect(env).toHaveProperty(`${NAME}_FILE`);
});

it('takes an empty name for none, and leaves files of settings that are no secrets alone', () => {
  const env = { AUDIT_RECEIVER_TLS_KEY_FILE: '/tls.key', [NAME]: 'given' };
  expect(withSecretFiles({ ...env, [`${NAME}_FILE`]: '' })).toEqual(env);
});

it.each([
  [
    'a file that is not there',
    () => ({ [`${NAME}_FILE`]: join(folder, 'nowhere') }),
    /^cannot start: \w+_FILE must name a file with the secret in it, got .*nowhere: ENOENT/,
  ],
  [
    'a file that is empty',
    () => ({ [`${NAME}_FILE`]: fileOf('\n') }),
    /_FILE must name a file with the secret in it, got .*secret, which is empty$/,
  ],
  [
    'a secret that is given twice',
    () => ({ [`${NAME}_FILE`]: fileOf('one'), [NAME]: 'another' }),
    new RegExp(
      `^cannot start: expected one of ${NAME} and ${NAME}_FILE, got both$`,
    ),
  ],
])('refuses %s', (_what, env, message) => {
  expect(() => withSecretFiles(env())).toThrow(message);
});
