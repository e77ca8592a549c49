import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionTimes } from '../../../collector-receiver/src/connection-times';
import { COMMIT_TIMEOUT_MS } from '../../../collector-receiver/src/commit/lane';
import { readCompose } from '../kit/compose';
import type { ComposeProject } from '../kit/compose';
import { checks } from '../kit/programs';

const ROOT = join(__dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'otel-audit-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function makeSecrets(): string {
  return execFileSync(join(ROOT, 'deploy/make-secrets.sh'), [folder], {
    encoding: 'utf8',
  });
}

describe('deploy/make-secrets.sh', () => {
  const contents = () =>
    readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));

  it('makes files that a container can read in a folder that nobody else can enter', () => {
    makeSecrets();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder))
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o444);
    expect(new Set(contents()).size).toBe(contents().length);
  });

  it('leaves what is there when it runs again', () => {
    const before = contents();
    expect(makeSecrets()).toBe('');
    expect(contents()).toEqual(before);
  });
});

describe('docker-compose.yml', () => {
  let project: ComposeProject;
  beforeAll(async () => {
    makeSecrets();
    project = readCompose(await checks(), folder);
  });
  const own = () =>
    Object.entries(project.services).filter(([, { build }]) => build);
  const OWN = ['collector-receiver', 'migrate', 'query-service'];

  it('has the migration and both services of our own', () => {
    expect(
      own()
        .map(([name]) => name)
        .toSorted(),
    ).toEqual(OWN);
  });

  it.each(OWN)('starts a program that the build makes as %s', (name) => {
    const program = project.services[name]!.command!.at(-1)!;
    expect(existsSync(join(ROOT, program))).toBe(true);
  });

  it.each([...OWN, 'collector'])(
    'gives %s no right and nothing to write to but what is its own',
    (name) => {
      expect(project.services[name]).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
    },
  );

  it('has no secret in the environment, and a file for each', () => {
    for (const { environment = {} } of Object.values(project.services))
      for (const [name, value] of Object.entries(environment))
        if (/TOKEN|PASSWORD|DATABASE_URL|MIGRATE/.test(name))
          expect([name, value]).toEqual([
            expect.stringMatching(/_FILE$/),
            expect.stringMatching(/^\/run\/secrets\/\w+$/),
          ]);
    const made = readdirSync(folder).toSorted();
    expect(Object.keys(project.secrets).toSorted()).toEqual(made);
  });

  it('lets each service see the secrets that it reads, and no other', () => {
    for (const { environment = {}, command, secrets } of Object.values(
      project.services,
    )) {
      const read = [...Object.values(environment), ...(command ?? [])].flatMap(
        (text) => /\/run\/secrets\/(\w+)/.exec(text)?.[1] ?? [],
      );
      if (command?.some((text) => text.includes('prometheus.yaml')))
        read.push('ingest_token');
      expect((secrets ?? []).map(({ source }) => source).toSorted()).toEqual(
        read.toSorted(),
      );
    }
  });

  it("keeps the owner's password from the services", () => {
    for (const name of ['collector-receiver', 'query-service'])
      for (const { source } of project.services[name]!.secrets!)
        expect(source).not.toMatch(/^owner/);
  });

  it('starts the services after the migration has ended well', () => {
    for (const name of ['collector-receiver', 'query-service'])
      expect(project.services[name]!.depends_on!['migrate']!.condition).toBe(
        'service_completed_successfully',
      );
  });

  it('waits for the receiver longer than requests and a commit may take', () => {
    const { stop_grace_period } = project.services['collector-receiver']!;
    expect(stop_grace_period).toBe('2m0s');
    expect(connectionTimes.close + COMMIT_TIMEOUT_MS).toBeLessThan(120_000);
  });

  it('publishes ports on loopback alone', () => {
    const hosts = Object.values(project.services).flatMap(({ ports = [] }) =>
      ports.map(({ host_ip }) => host_ip),
    );
    expect(new Set(hosts)).toEqual(new Set(['127.0.0.1']));
  });

  it('mounts files that are there, and names the version of each image', () => {
    for (const { volumes = [], image } of Object.values(project.services)) {
      expect(image).toMatch(/:[^:]*(\d+\.\d+|local)$/);
      for (const { type, source } of volumes)
        if (type === 'bind') expect(existsSync(source)).toBe(true);
    }
  });
});
