import { collectorBinary } from '#collector';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startPipeline, TOKEN } from './kit/pipeline';
import type { Pipeline } from './kit/pipeline';
import { postRecord } from './kit/post';
import {
  countOf,
  ledgerOf,
  nothingWrong,
  untilStored,
  wrongsOf,
} from './kit/stored';

const run = promisify(execFile);
const ROOT = join(__dirname, '..', '..', '..');
const TLS = join(ROOT, 'collector-receiver', 'testdata', 'tls');

const environment = {
  AUDIT_INGEST_TOKEN: TOKEN,
  AUDIT_RECEIVER_ENDPOINT: 'http://127.0.0.1:1',
};
const certificate = {
  AUDIT_COLLECTOR_TLS_CERT_FILE: join(TLS, 'server.crt'),
  AUDIT_COLLECTOR_TLS_KEY_FILE: join(TLS, 'server.key'),
};

describe('otel-collector.yaml', () => {
  const validate = async (env: Record<string, string>, files: string[]) =>
    run(
      await collectorBinary(),
      ['validate', ...files.map((file) => `--config=${file}`)],
      { cwd: ROOT, env },
    );

  it.each([
    ['to store and forward', environment],
    ['end to end', { ...environment, AUDIT_COLLECTOR_MODE: 'end_to_end' }],
    ['without fan-out', { ...environment, AUDIT_COLLECTOR_FANOUT: 'nop' }],
  ])('is valid %s', async (_, env) => {
    await validate(env, ['otel-collector.yaml']);
    await validate({ ...env, ...certificate }, [
      'otel-collector.yaml',
      'otel-collector.tls.yaml',
    ]);
  });

  it.each([
    [
      'a mode that there is not',
      { ...environment, AUDIT_COLLECTOR_MODE: 'forward' },
      'references exporter "otlp_http/forward" which is not configured',
    ],
    [
      'no token',
      { AUDIT_RECEIVER_ENDPOINT: 'http://127.0.0.1:1' },
      'extensions::bearertokenauth/ingest: no bearer token provided',
    ],
    [
      'no receiver',
      { AUDIT_INGEST_TOKEN: TOKEN },
      'exporters::otlp_http/store_and_forward: at least one endpoint must be specified',
    ],
  ])('is refused with %s', async (_, env, message) => {
    await expect(validate(env, ['otel-collector.yaml'])).rejects.toThrow(
      message,
    );
  });
});

describe.each(['store_and_forward', 'end_to_end'])('%s', (mode) => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await startPipeline({ env: { AUDIT_COLLECTOR_MODE: mode } });
  });
  afterAll(() => pipeline.stop());

  it('stores what auditor-otel emits, field by field, and the books are exact', async () => {
    const { report } = pipeline.emit({ service: 'shop', events: 3_000 });
    expect(await report).toMatchObject({ acknowledged: 3_000 });
    const { pool } = pipeline.database;
    await untilStored(pool, 'shop', 3_000);
    expect(await wrongsOf(pool, 'shop', 3_000)).toEqual(nothingWrong);
    const books = await ledgerOf(pool);
    expect(books).toEqual({
      received: books.rows,
      stored: books.rows,
      duplicate: 0,
      excluded: 0,
      quarantined: 0,
      rows: books.rows,
      isGapless: 'true',
    });
  });

  it.each([
    ['no token', {}],
    ['a wrong one', { authorization: 'Bearer wrong' }],
  ])('lets in nobody with %s', async (_, headers) => {
    const answer = await fetch(`${pipeline.collector.url}/v1/logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    });
    expect(answer.status).toBe(401);
  });

  it('loses nothing while the receiver is away', async () => {
    await pipeline.receiver.stop();
    const emitter = pipeline.emit({ service: 'patient' });
    await emitter.made;
    if (mode === 'store_and_forward')
      // The Collector's disk has them; nobody has to wait for the receiver.
      expect(await emitter.report).toMatchObject({ acknowledged: 500 });
    else {
      const answer = await postRecord(pipeline, 10);
      expect(answer.status).toBe(503);
    }
    const { pool } = pipeline.database;
    expect(await countOf(pool, 'patient')).toBe(0);

    await pipeline.receiver.start();
    expect(await emitter.report).toMatchObject({ acknowledged: 500 });
    await untilStored(pool, 'patient', 500);
    expect(await wrongsOf(pool, 'patient', 500)).toEqual(nothingWrong);
  });
});
