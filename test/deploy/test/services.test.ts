import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withClient } from '../../src/template-database';
import { buildImage } from '../kit/build-image';
import { readCompose } from '../kit/compose';
import type { ComposeProject } from '../kit/compose';
import { readDockerfile } from '../kit/dockerfile';
import { canEnter } from '../kit/enter';
import { startPostgresIn } from '../kit/postgres-in-network';
import type { PostgresInNetwork } from '../kit/postgres-in-network';
import { checks } from '../kit/programs';
import { runCompose } from '../kit/run-compose';
import type { ComposeRun } from '../kit/run-compose';

const ROOT = join(__dirname, '..', '..', '..');
const SLOW = 300_000;

const possible = canEnter();
if (!possible)
  console.log(
    'Not run: the image and its services, because roots and networks of their own take Linux and root.',
  );

(possible ? describe : describe.skip)('the image and its services', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-image-'));
  const secretFolder = join(folder, 'secrets');
  const secret = (name: string) =>
    readFileSync(join(secretFolder, name), 'utf8').trim();
  let project: ComposeProject;
  let run: ComposeRun;
  let postgres: PostgresInNetwork;

  beforeAll(async () => {
    const tools = await checks();
    execFileSync(join(ROOT, 'deploy/make-secrets.sh'), [secretFolder]);
    const stages = readDockerfile(tools, join(ROOT, 'Dockerfile'));
    const image = buildImage(tools, stages, folder);
    project = readCompose(tools, secretFolder);
    run = await runCompose(project, image);
    postgres = await startPostgresIn(run.network, secret('owner_password'));
  }, SLOW);
  afterAll(async () => {
    await run?.close();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('migrate makes schema and logins, and may run again', async () => {
    for (const _ of ['first', 'again']) {
      const migrate = run.start('migrate');
      expect([await migrate.ended, migrate.output()]).toEqual([
        0,
        expect.stringContaining('the database is up to date'),
      ]);
    }
    const { rows } = await withClient(postgres.url, (client) =>
      client.query(
        `select member::regrole::text as login, roleid::regrole::text as role, rolsuper as is_super
         from pg_auth_members join pg_roles on pg_roles.oid = member
         where roleid::regrole::text like 'audit%' order by 1`,
      ),
    );
    expect(rows).toEqual([
      { login: 'audit_query_login', role: 'audit_query', is_super: false },
      { login: 'audit_reader_login', role: 'audit_reader', is_super: false },
      {
        login: 'audit_receiver_login',
        role: 'audit_receiver',
        is_super: false,
      },
    ]);
  });

  it(
    'both services become healthy without any right on a root that is read-only, and an event goes through',
    async () => {
      const receiver = await run.startHealthy('collector-receiver');
      const query = await run.startHealthy('query-service');
      const event = {
        resourceLogs: [
          {
            scopeLogs: [
              {
                logRecords: [
                  {
                    timeUnixNano: '1709251200000000000',
                    eventName: 'shop.paid',
                  },
                ],
              },
            ],
          },
        ],
      };
      const send = (token: string) =>
        Number(
          run.evaluate(`fetch('http://127.0.0.1:4318/v1/logs', {
            method: 'POST',
            headers: { 'content-type': 'application/json', authorization: 'Bearer ${token}' },
            body: '${JSON.stringify(event)}',
          }).then((answer) => console.log(answer.status))`),
        );
      expect(send('another-token')).toBe(401);
      expect(send(secret('ingest_token'))).toBe(200);
      const answer =
        run.evaluate(`fetch('http://127.0.0.1:7420/api/audit-log/v2/events?start_time=2024-03-01T00:00:00Z', {
        headers: { authorization: 'Bearer ${secret('api_token')}' },
      }).then((answer) => answer.text()).then(console.log)`);
      expect(answer).toContain('shop.paid');
      const page = run.evaluate(
        `fetch('http://127.0.0.1:7420/').then((answer) => console.log(answer.status))`,
      );
      expect(Number(page)).toBe(200);

      for (const service of [receiver, query]) service.kill('SIGTERM');
      expect(await Promise.all([receiver.ended, query.ended])).toEqual([0, 0]);
      for (const { output } of [receiver, query])
        expect(output()).not.toMatch(/EROFS|EACCES|"level":(50|60)/);
    },
    SLOW,
  );
});
