import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonRequestOf } from '../../../collector-receiver/test/kit/otlp-json';
import { startCollector } from '../../collector/src';
import { readCompose } from '../kit/compose';
import type { ComposeProject } from '../kit/compose';
import { checks } from '../kit/programs';

const ROOT = join(__dirname, '..', '..', '..');
const SECRET = 'ingest_token';
const IS_ROOT = process.getuid?.() === 0;
/** The user of the service is root without capabilities, who may read no more than anybody. */
const WITHOUT_RIGHTS = ['setpriv', '--bounding-set=-all', '--inh-caps=-all'];
/** Whoever that may be: not root. */
const SOMEBODY = 1000;
/** The second try is the last one, so that nobody waits for thirty. */
const ONCE =
  'yaml:extensions::bearertokenauth/ingest::retry_on_failure::max_retries: 1';

describe("the Collector of docker-compose.yml, with the file's command and environment", () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-compose-collector-'));
  const token = join(folder, 'secrets', SECRET);
  const authorizations: (string | undefined)[] = [];
  let project: ComposeProject;
  let receiver: Server;
  beforeAll(async () => {
    receiver = createServer((request, response) => {
      authorizations.push(request.headers.authorization);
      request.resume().once('end', () => response.writeHead(200).end());
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
  });
  beforeEach(async () => {
    execFileSync(join(ROOT, 'deploy/make-secrets.sh'), [
      join(folder, 'secrets'),
    ]);
    project = readCompose(await checks(), join(folder, 'secrets'));
  });
  afterAll(() => {
    receiver.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function start(more: string[] = []) {
    const { command, environment } = project.services['collector']!;
    const { port } = receiver.address() as AddressInfo;
    const config = command!.map((argument) =>
      argument
        .replace(/^--config=/, '')
        .replace('/etc/otelcol/', '')
        .replace(`/run/secrets/${SECRET}`, token),
    );
    return startCollector({
      config: [...config, ...more],
      env: {
        ...environment,
        AUDIT_RECEIVER_ENDPOINT: `http://127.0.0.1:${port}`,
        OTEL_BACKEND_ENDPOINT: '127.0.0.1:1',
      },
      directory: join(folder, 'queue'),
      through: IS_ROOT ? WITHOUT_RIGHTS : [],
    });
  }

  it('takes the token from its file: from senders, and to the receiver', async () => {
    const authorization = `Bearer ${readFileSync(token, 'utf8').trim()}`;
    const collector = await start();
    const send = (authorization: string) =>
      fetch(`${collector.url}/v1/logs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: jsonRequestOf('{"timeUnixNano":"1"}'),
      });
    try {
      expect((await send('Bearer another')).status).toBe(401);
      expect(authorizations).toEqual([]);
      const arrives = once(receiver, 'request');
      expect((await send(authorization)).status).toBe(200);
      await arrives;
      expect(authorizations).toEqual([authorization]);
    } finally {
      await collector.stop();
    }
  });

  it.each([
    ['that is not there', () => rmSync(token), /max number of retries/],
    [
      'that it may not read',
      () => {
        chmodSync(token, IS_ROOT ? 0o600 : 0);
        if (IS_ROOT) chownSync(token, SOMEBODY, SOMEBODY);
      },
      /permission denied/,
    ],
  ])('does not start with a file %s', async (_, spoil, reason) => {
    spoil();
    try {
      // One that does start must not be left behind.
      const started = start([ONCE]).then((collector) => collector.stop());
      await expect(started).rejects.toThrow(
        expect.objectContaining({
          message: expect.stringMatching(
            new RegExp(`ended before it was ready[^]*${reason.source}`),
          ),
        }),
      );
    } finally {
      rmSync(token, { force: true });
    }
  });
});
