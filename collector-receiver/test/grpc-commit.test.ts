import { anAuditEvent } from '../../test/src/audit-events';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { loadConfig } from '../src/config';
import { runReceiver } from '../src/run';
import type { Receiver } from '../src/start';
import { exportLogs } from './kit/grpc-client';
import { attribute, requestOf, text } from './kit/protobuf-bytes';
import { recordingLogger } from './kit/recording-logger';

let database: TestDatabase;
let receiver: Receiver;

beforeEach(async () => {
  database = await createTestDatabase();
  const config = loadConfig({
    AUDIT_DATABASE_URL: database.url,
    AUDIT_RECEIVER_HTTP_PORT: '0',
    AUDIT_RECEIVER_GRPC_PORT: '0',
  });
  receiver = await runReceiver(config, recordingLogger().logger);
});
afterEach(async () => {
  await receiver.close();
  await database.drop();
});

const { id } = anAuditEvent();
const body = requestOf(
  attribute('log.record.uid', text(id)),
  attribute('audit.event.id', text('create')),
  // The same time at each attempt, as a sender keeps it.
  Buffer.from([0x09, 0, 0, 0x44, 0x6c, 0x35, 0x2c, 0x9d, 0x18]),
);
const stored = async () => {
  const { rows } = await database.pool.query(
    `select id, event_id from audit.event`,
  );
  return rows as { id: string; event_id: string }[];
};

describe('OTLP/gRPC on Postgres', () => {
  it('56 Export ok: committed before the answer', async () => {
    const { code } = await exportLogs(receiver.grpcUrl, body);
    expect(code).toBe('OK');
    expect(await stored()).toEqual([{ id, event_id: 'create' }]);
  });

  it('62 client deadline passes: the retry is idempotent', async () => {
    const blocker = await database.pool.connect();
    await blocker.query('begin');
    await blocker.query('lock table audit.event in access exclusive mode');
    const first = await exportLogs(receiver.grpcUrl, body, { timeout: 300 });
    expect(first.code).toBe('DEADLINE_EXCEEDED');
    await blocker.query('rollback');
    blocker.release();
    const second = await exportLogs(receiver.grpcUrl, body);
    expect(second.code).toBe('OK');
    expect(await stored()).toEqual([{ id, event_id: 'create' }]);
  });
});
