import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { loadConfig as loadReceiverConfig } from 'collector-receiver';
import { loadConfig as loadQueryConfig } from 'query-service';
import { parse } from 'yaml';

const AUDIT_DATABASE_URL = 'postgres://audit@postgres/audit';
const ROOT = join(__dirname, '..', '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface Compose {
  services: Record<string, { environment?: Record<string, string> }>;
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

  it('has no secret of its own: each comes from a file', () => {
    const secrets = Object.values(compose.services)
      .flatMap(({ environment = {} }) => Object.entries(environment))
      .filter(([name]) => /TOKEN|PASSWORD|DATABASE_URL/.test(name));
    expect(secrets.length).toBeGreaterThan(5);
    for (const [, value] of secrets)
      expect(value).toMatch(/^\/run\/secrets\/\w+$/);
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

interface CollectorConfig {
  exporters: Record<string, Record<string, unknown>>;
  extensions: Record<string, Record<string, unknown>>;
  service: { pipelines: Record<string, Record<string, string[]>> };
}

/** That a Collector takes the file is tested with a Collector; this is what must not change whoever edits it. */
describe('otel-collector.yaml', () => {
  const { exporters, extensions, service } = parse(
    read('otel-collector.yaml'),
    {
      merge: true,
    },
  ) as CollectorConfig;

  it('is for the release of the Collector that docker-compose.yml starts and the tests build', () => {
    const { dist } = parse(read('test/collector/builder.yaml')) as {
      dist: { version: string };
    };
    expect(read('docker-compose.yml')).toContain(
      `image: otel/opentelemetry-collector-contrib:${dist.version}\n`,
    );
    for (const file of ['otel-collector.yaml', 'docs/collector.md'])
      expect(read(file)).toContain(
        `Collector contrib ${dist.version.replace(/\.0$/, '')} or newer`,
      );
  });

  it('never loses on the audit path: a queue on disk, flushed, retried for ever, no batch processor', () => {
    expect(service.pipelines['logs/audit_store']).toMatchObject({
      processors: ['memory_limiter'],
      exporters: ['otlp_http/${env:AUDIT_COLLECTOR_MODE:-store_and_forward}'],
    });
    expect(exporters['otlp_http/store_and_forward']).toMatchObject({
      retry_on_failure: { enabled: true, max_elapsed_time: '0s' },
      sending_queue: { storage: 'file_storage/audit' },
    });
    expect(extensions['file_storage/audit']).toMatchObject({ fsync: true });
  });

  it('can have senders wait for the commit instead: no queue, no retry', () => {
    expect(exporters['otlp_http/end_to_end']).toMatchObject({
      retry_on_failure: { enabled: false },
      sending_queue: { enabled: false },
    });
  });
});
