import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { toLogRecord } from 'audit-event';
import { protobufEncoding } from 'auditor-otel';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { eventsOf, numbers } from '../../test/src/planted-events';
import { startJobs } from '../src/jobs/start-jobs';
import { receiverOnPostgres } from './kit/receiver-on-postgres';
import { recordingLogger } from './kit/recording-logger';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

it('add up the streams of what came over the wire, and mark what does not finish', async () => {
  const [streamId, operationId] = [randomUUID(), randomUUID()];
  const receiver = await receiverOnPostgres({}, { database });
  const writer = protobufEncoding();
  const events = eventsOf(streamId, numbers(0, 9), {
    operationId,
    status: 'initiated',
  });
  const body = Buffer.from(
    writer.encodeRequest(
      events[0]!.source!,
      events.map((event) => writer.encodeRecord(toLogRecord(event))),
    ),
  );
  const answer = await fetch(`${receiver.url}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf' },
    body,
  });
  expect(answer.status).toBe(200);
  const stop = startJobs({
    databaseUrl: database.url,
    operationTimeoutMs: 0,
    archiveDirectory: undefined,
    instance: 'test:1',
    logger: recordingLogger().logger,
    everyMs: 20,
  });
  const found = async () => {
    const { rows } = await database.pool.query(
      `select arrived::text from audit.stream join audit.unfinished_operation on operation_id = $1::uuid where stream.id = $2::uuid`,
      [operationId, streamId],
    );
    return rows[0]?.arrived as string | undefined;
  };
  for (let i = 0; i < 500 && (await found()) === undefined; i++)
    await sleep(20);
  expect(await found()).toBe('{[0,10)}');
  await stop();
  await receiver.stop();
});

it('go on after the database was away', async () => {
  const logged: string[] = [];
  const { logger } = recordingLogger();
  const stop = startJobs({
    databaseUrl: 'postgres://nobody@127.0.0.1:1/nowhere',
    operationTimeoutMs: 0,
    archiveDirectory: undefined,
    instance: 'test:1',
    logger: { ...logger, warn: (_: object, text: string) => logged.push(text) },
    everyMs: 5,
  });
  for (let i = 0; i < 500 && logged.length < 12; i++) await sleep(10);
  await stop();
  const first = 'cannot add up the counts now';
  expect(new Set(logged)).toEqual(
    new Set([
      first,
      'cannot add up the streams now',
      'cannot look for unfinished operations now',
      'cannot make the months ahead now',
      'cannot drop the months that are due now',
    ]),
  );
  expect(logged.filter((text) => text === first).length).toBeGreaterThan(1);
});
