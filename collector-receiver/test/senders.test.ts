import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentTypes } from './kit/otlp-request';
import { receiverOnPostgres } from './kit/receiver-on-postgres';
import type { ReceiverOnPostgres } from './kit/receiver-on-postgres';

/** Requests of real senders: see the README there. */
const FOLDER = join(__dirname, '..', 'testdata', 'senders');
const files = readdirSync(FOLDER).filter(
  (file) => /\.(bin|json)$/.test(file) && !file.endsWith('.expected.json'),
);

let receiver: ReceiverOnPostgres;
beforeAll(async () => {
  receiver = await receiverOnPostgres();
});
afterAll(() => receiver.stop());

/** What an answer and the database say of a request, without what differs each time. */
async function outcomeOf(file: string): Promise<object> {
  const coding = /\.(gzip|deflate|zstd)\./.exec(file)?.[1];
  const answer = await receiver.send({
    headers: {
      'content-type':
        contentTypes[file.endsWith('.json') ? 'json' : 'protobuf'],
      ...(coding !== undefined && { 'content-encoding': coding }),
    },
    body: readFileSync(join(FOLDER, file)),
    chunked: true,
  });
  const { events, quarantined, ledger } = await receiver.take();
  const outcome = {
    status: answer.status,
    ...(answer.status !== 200 && {
      answer: JSON.parse(answer.body.toString()),
    }),
    ledger,
    events,
    quarantined: quarantined.map(({ reason }) => reason),
  };
  return JSON.parse(
    JSON.stringify(outcome, (key, value: unknown) => {
      if (key === 'recordedAt') return undefined;
      return typeof value === 'bigint' ? String(value) : value;
    }),
  ) as object;
}

describe('requests of real senders (UPDATE_EXPECTED=1 writes anew what is expected)', () => {
  it.each(files)('%s', async (file) => {
    const outcome = await outcomeOf(file);
    const path = join(FOLDER, `${file}.expected.json`);
    if (process.env['UPDATE_EXPECTED'])
      writeFileSync(path, `${JSON.stringify(outcome, undefined, 2)}\n`);
    expect(outcome).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  });

  it('has the captures', () => {
    expect(files.length).toBeGreaterThanOrEqual(15);
  });
});
