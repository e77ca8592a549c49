import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectorBinary, startCollector } from '#collector';

const env = {
  AUDIT_RECEIVER_ENDPOINT: 'http://127.0.0.1:1',
  AUDIT_INGEST_TOKEN: 'token-of-the-tests',
  OTEL_BACKEND_ENDPOINT: '127.0.0.1:1',
};

describe('the Collector of the tests', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'otel-audit-collector-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('is the program that OTELCOL_BIN names', async () => {
    expect(await collectorBinary({ OTELCOL_BIN: process.execPath })).toBe(
      process.execPath,
    );
    await expect(
      collectorBinary({ OTELCOL_BIN: '/no/otelcol' }),
    ).rejects.toThrow(
      'OTELCOL_BIN must be the path of a Collector, got "/no/otelcol", which is no program',
    );
  });

  it('is built with Go otherwise, and says so where there is none', async () => {
    await expect(
      collectorBinary({ PATH: directory, XDG_CACHE_HOME: directory }),
    ).rejects.toThrow('install Go 1.26 or newer, or name a Collector contrib');
  });

  it('runs, ends when it is asked to, and starts again where it was', async () => {
    const first = await startCollector({ env, directory });
    expect(await first.metrics()).toContain('otelcol_process_uptime');
    expect(await first.kill('SIGTERM')).toEqual([0, null]);
    const second = await startCollector({
      env,
      directory,
      ports: first.ports,
    });
    expect(second.url).toBe(first.url);
    await second.stop();
    await second.stop();
  });

  it('tells what it printed when its configuration is wrong', async () => {
    await expect(
      startCollector({
        config: ['otel-collector.yaml', 'yaml:exporters::nonsense: {}'],
        env,
        directory,
      }),
    ).rejects.toThrow(/ended before it was ready: .*"nonsense"/s);
  });
});
