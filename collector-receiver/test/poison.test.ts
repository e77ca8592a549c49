import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postOf } from './kit/otlp-request';
import { amongGoodOnes } from './kit/poison-request';
import { poisonedRecords } from './kit/poisoned-records';
import { field, text } from './kit/protobuf-bytes';
import { receiverOnPostgres } from './kit/receiver-on-postgres';
import type { ReceiverOnPostgres } from './kit/receiver-on-postgres';

const ROOT = join(__dirname, '..', '..');

let receiver: ReceiverOnPostgres;
beforeAll(async () => {
  receiver = await receiverOnPostgres();
});
afterAll(() => receiver.stop());

describe('one poisoned record among good ones', () => {
  it.each(poisonedRecords)('%s (%s)', async (_, encoding, record, expected) => {
    const isEvent = typeof expected === 'object';
    const answer = await receiver.send(
      postOf(encoding, amongGoodOnes(encoding, record)),
    );
    expect(answer.status).toBe(200);
    const { events, quarantined, ledger } = await receiver.take();
    const good = (eventId: string) => ({ eventId, flags: undefined });
    expect(events).toMatchObject([
      good('before'),
      ...(isEvent ? [expected] : []),
      good('after'),
    ]);
    expect(quarantined.map(({ reason }) => reason)).toEqual(
      isEvent ? [] : [expected],
    );
    expect(ledger).toEqual({
      received: 3,
      stored: events.length,
      duplicate: 0,
      excluded: 0,
      quarantined: quarantined.length,
    });
    for (const { raw, reason } of quarantined) {
      expect((await receiver.send(postOf(encoding, raw))).status).toBe(200);
      const again = await receiver.take();
      expect(again.quarantined).toMatchObject([{ reason }]);
      expect(again.quarantined[0]!.raw.equals(raw)).toBe(true);
    }
  });
});

describe('poison in the making', () => {
  it('P13 no COPY skips rows in silence', () => {
    const files = [
      'audit-event/src',
      'audit-event/sql',
      'collector-receiver/src',
    ].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name)),
    );
    const texts = files.map((file) => readFileSync(file, 'utf8'));
    expect(texts.filter((source) => /from stdin/i.test(source))).not.toEqual(
      [],
    );
    expect(
      texts.filter((source) => /on_error|log_verbosity/i.test(source)),
    ).toEqual([]);
  });

  it('P14 hostile keys also where __proto__ throws', () => {
    const keys = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const json = `[${keys.map((key) => `{"key":"${key}","value":{"kvlistValue":{"values":[{"key":"${key}","value":{"stringValue":"x"}}]}}}`).join()}]`;
    const inJson = `{"__proto__":1,"resourceLogs":[{"__proto__":{},"resource":{"attributes":${json}},"scopeLogs":[{"logRecords":[{"__proto__":{"x":1},"attributes":${json}}]}]}]}`;
    const protobuf = (number: number) =>
      keys.map((key) =>
        field(
          number,
          field(1, key),
          field(2, field(6, field(1, field(1, key), field(2, text('x'))))),
        ),
      );
    const inProtobuf = field(
      1,
      field(1, ...protobuf(1)),
      field(2, field(2, ...protobuf(6))),
    );
    const script = `
      const { decodeJson } = require('./decode/decode-json.js');
      const { decodeProtobuf } = require('./decode/decode-protobuf.js');
      const { eventOfRecord } = require('./event-of-record.js');
      const [inJson, inProtobuf] = process.argv.slice(1).map((hex) => Buffer.from(hex, 'hex'));
      for (const { records } of [decodeJson(inJson), decodeProtobuf(inProtobuf)]) {
        const { event } = eventOfRecord(records[0], 'store');
        console.log(JSON.stringify([event.meta, event.source.resource, Object.keys(Object.prototype)]));
      }`;
    const out = execFileSync(
      process.execPath,
      [
        '--disable-proto=throw',
        '-e',
        script,
        Buffer.from(inJson).toString('hex'),
        inProtobuf.toString('hex'),
      ],
      { cwd: join(ROOT, 'collector-receiver/dist'), encoding: 'utf8' },
    );
    const map = `{${keys.map((key) => `"${key}":{"${key}":"x"}`).join()}}`;
    const line = `[${map},${map},[]]`;
    expect(out).toBe(`${line}\n${line}\n`);
  });
});
