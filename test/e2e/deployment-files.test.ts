import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { loadConfig as loadReceiverConfig } from 'collector-receiver';
import { loadConfig as loadQueryConfig } from 'query-service';
import { parse } from 'yaml';

const AUDIT_DATABASE_URL = 'postgres://audit@postgres/audit';
const ROOT = join(__dirname, '..', '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface Compose {
  services: Record<
    string,
    { command?: string[]; environment?: Record<string, string> }
  >;
}

describe('docker-compose.yml', () => {
  const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;

  it('fits the schema of the Compose Specification', () => {
    // The schema of compose-go 2.16, Apache-2.0.
    const schema = JSON.parse(
      read('test/src/fixtures/compose-spec.json'),
    ) as object;
    const validate = new Ajv({ strict: false, logger: false }).compile(schema);
    validate(compose);
    expect(validate.errors).toBeNull();
  });

  it('starts programs that the build makes', () => {
    const commands = Object.values(compose.services)
      .map(({ command }) => command)
      .filter((command) => command?.[0] === 'node');
    expect(commands).toHaveLength(2);
    for (const command of commands as string[][])
      expect(existsSync(join(ROOT, command.at(-1)!))).toBe(true);
  });

  it('has no secret of its own: each comes from the environment', () => {
    const secrets = Object.values(compose.services)
      .flatMap(({ environment = {} }) => Object.entries(environment))
      .filter(([name]) => /TOKEN|PASSWORD/.test(name));
    expect(secrets.length).toBeGreaterThan(3);
    for (const [, value] of secrets)
      expect(value).toMatch(/^\$\{\w+(:\?[^}]+)?\}$/);
    expect(read('docker-compose.yml')).not.toMatch(/:\/\/\w+:[^@\s]+@/);
  });
});

describe('Dockerfile', () => {
  it('names the ports that the services listen on', () => {
    const receiver = loadReceiverConfig({ AUDIT_DATABASE_URL });
    const query = loadQueryConfig({ AUDIT_DATABASE_URL });
    const exposed = /^EXPOSE (.*)$/m.exec(read('Dockerfile'))![1]!.split(' ');
    expect(exposed.map(Number)).toEqual([
      receiver.grpcPort,
      receiver.port,
      query.port,
    ]);
  });
});

describe('otel-collector.yaml', () => {
  const config = parse(read('otel-collector.yaml')) as {
    [kind: string]: Record<string, unknown>;
  } & {
    service: {
      extensions: string[];
      pipelines: Record<string, Record<string, string[]>>;
    };
  };

  it('defines every component that its pipelines name, and no other', () => {
    const { extensions, pipelines } = config.service;
    const named = (kind: string) =>
      [
        ...new Set(
          Object.values(pipelines).flatMap((pipeline) => pipeline[kind]!),
        ),
      ].sort();
    for (const kind of ['receivers', 'processors', 'exporters'])
      expect(named(kind)).toEqual(Object.keys(config[kind]!).sort());
    expect([...extensions].sort()).toEqual(
      Object.keys(config['extensions']!).sort(),
    );
  });

  it('never loses on the audit path: a queue on disk, flushed, retried for ever, no batch processor', () => {
    expect(config.service.pipelines['logs/audit_store']!['processors']).toEqual(
      ['memory_limiter'],
    );
    expect(config['exporters']!['otlp_http/audit_store']).toMatchObject({
      retry_on_failure: { enabled: true, max_elapsed_time: '0s' },
      sending_queue: { storage: 'file_storage/audit' },
    });
    expect(config['extensions']!['file_storage/audit']).toMatchObject({
      fsync: true,
    });
  });
});
