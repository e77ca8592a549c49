import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';

const MAIN = join(__dirname, '..', 'dist', 'main.js');

let database: TestDatabase;
beforeAll(async () => {
  if (!existsSync(MAIN))
    throw new Error(`expected the built service at ${MAIN}; run "tsc --build"`);
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function startMain(env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [MAIN], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, lines: createInterface(child.stdout) };
}

it.each(['SIGTERM', 'SIGINT'] as const)(
  'listens until %s, then ends with 0',
  async (signal) => {
    const { child, lines } = startMain({
      AUDIT_DATABASE_URL: database.url,
      AUDIT_QUERY_PORT: '0',
    });
    let url: string | undefined;
    for await (const line of lines) {
      url = /listening on (http:\S+?)"/.exec(line)?.[1];
      if (url) break;
    }
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
  },
);

it('ends with 1 and says which setting is wrong', async () => {
  const { child, lines } = startMain({ AUDIT_QUERY_PORT: 'http' });
  const logged: string[] = [];
  lines.on('line', (line) => logged.push(line));
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(logged.join('\n')).toContain(
    'AUDIT_DATABASE_URL must be a URL such as postgres://user@host:5432/database, got nothing',
  );
});
