import type { Received } from 'audit-event/store';
import { eventsIn } from '../../test/src/read-rows';
import { onlyRecord } from '../test/kit/decoded';
import { jsonRequestOf, nestedJsonList } from '../test/kit/otlp-json';
import { bytes, field } from '../test/kit/protobuf-bytes';
import { decodeProtobuf } from './decode/decode-protobuf';
import { json, protobuf } from './encoding';
import type { Encoding } from './encoding';
import type { ForeignRecords } from './event-of-record';
import type { Rule } from 'audit-event/exclude';
import { createRuleSet } from 'audit-event/exclude';
import { receive } from './receive';

async function received(
  body: Uint8Array | string,
  encoding: Encoding,
  rules: Rule[] = [],
  foreignRecords: ForeignRecords = 'store',
) {
  const committed: Received[] = [];
  const set = createRuleSet(
    rules.map((rule, i) => ({ id: `rule-${i}`, rule })),
    [],
  );
  const outcome = await receive(Buffer.from(body as string), encoding, {
    rules: () => set,
    foreignRecords,
    commit: (batch) => Promise.resolve(void committed.push(batch)),
  });
  const [batch] = committed;
  return {
    outcome,
    batch: batch && { ...batch, events: eventsIn(batch) },
    set,
  };
}

const audit = (eventId: string, more = '') =>
  `{"attributes":[{"key":"audit.event.id","value":{"stringValue":"${eventId}"}}${more}]}`;
const metaText = (text: string) =>
  `,{"key":"audit.meta","value":{"stringValue":${JSON.stringify(text)}}}`;

describe('receive', () => {
  it('accounts for every record: stored, excluded by which rule, quarantined why', async () => {
    const body = jsonRequestOf(
      audit('a'),
      audit('b'),
      '{"body":5}',
      audit('b'),
      audit('c'),
    );
    const { outcome, batch, set } = await received(body, json, [
      { eventId: 'b' },
      { eventId: 'c' },
    ]);
    expect(outcome).toEqual({ status: 'stored' });
    expect(batch).toEqual({
      bytes: expect.any(Number),
      received: 5,
      events: [expect.objectContaining({ eventId: 'a' })],
      excluded: new Map([
        ['rule-0', 2],
        ['rule-1', 1],
      ]),
      quarantined: [
        {
          reason: 'bad-value',
          detail:
            'expected a value to be an object such as {"stringValue":"..."}, got a number',
          encoding: 'json',
          raw: Buffer.from(jsonRequestOf('{"body":5}')),
        },
      ],
      ranges: [],
      rulesHash: set.hash,
    });
  });

  it('stores 499 of 500 records when one has invalid text, and keeps that one', async () => {
    const good = field(2, field(12, 'fine'));
    const poison = field(2, field(12, bytes(0xff)));
    const records = Array.from({ length: 500 }, (_, i) =>
      i === 250 ? poison : good,
    );
    const { batch } = await received(field(1, field(2, ...records)), protobuf);
    expect(batch).toMatchObject({
      received: 500,
      quarantined: [{ reason: 'invalid-utf8', encoding: 'protobuf' }],
    });
    expect(batch?.events).toHaveLength(499);
  });

  it('commits a request of nothing but excluded records, for the count', async () => {
    const { batch } = await received(jsonRequestOf(audit('a')), json, [
      { eventId: 'a' },
    ]);
    expect(batch).toMatchObject({
      received: 1,
      events: [],
      excluded: new Map([['rule-0', 1]]),
    });
  });

  it('stores foreign records as events of their service', async () => {
    const body =
      '{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeLogs":[{"logRecords":[{"eventName":"sold"}]}]}]}';
    const { batch } = await received(body, json);
    expect(batch?.events).toMatchObject([
      { pluginId: 'shop', eventId: 'sold' },
    ]);
  });

  it('or keeps them aside, when set so, as a request that can be sent again', async () => {
    const foreign = field(1, field(2, field(2, field(12, 'sold'))));
    const { batch } = await received(foreign, protobuf, [], 'quarantine');
    expect(batch).toMatchObject({
      events: [],
      quarantined: [
        {
          reason: 'foreign-record',
          detail:
            'the record has no audit.* attributes (AUDIT_RECEIVER_FOREIGN_RECORDS is quarantine)',
        },
      ],
    });
    expect(
      onlyRecord(decodeProtobuf(batch!.quarantined[0]!.raw)).record.eventName,
    ).toBe('sold');
  });

  it('flags an event whose record was changed', async () => {
    const { batch } = await received(jsonRequestOf(audit('a\\u0000')), json);
    expect(batch?.events).toMatchObject([
      { eventId: 'a\u2400', flags: expect.arrayContaining(['sanitized']) },
    ]);
  });

  it.each<[string, string, object, boolean]>([
    ['plain', '{"a":[1,"x",null,true]}', { a: [1, 'x', null, true] }, false],
    [
      'with digits that a double loses',
      ' {"n":9007199254740993}',
      { n: '9007199254740993' },
      false,
    ],
    [
      'with a number beyond a double',
      '{"n":1e400}',
      { n: { $double: 'Infinity' } },
      false,
    ],
    [
      'with text that Postgres refuses',
      '{"a\\u0000":["\\ud800"]}',
      { 'a\u2400': ['\uFFFD'] },
      true,
    ],
    [
      'with a hostile key',
      '{"__proto__":{"x":1}}',
      { ['__proto__']: { x: 1 } },
      false,
    ],
  ])(
    'reads audit.meta that came as JSON text: %s',
    async (_, text, meta, sanitized) => {
      const { batch } = await received(
        jsonRequestOf(audit('a', metaText(text))),
        json,
      );
      const [event] = batch!.events;
      expect(JSON.stringify(event?.meta)).toBe(JSON.stringify(meta));
      expect(event?.flags?.includes('sanitized') ?? false).toBe(sanitized);
    },
  );

  it.each([64, 100_000])(
    'keeps aside audit.meta of %i levels too deep',
    async (levels) => {
      const text = `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
      const { batch } = await received(
        jsonRequestOf(audit('a', metaText(text)), audit('b')),
        json,
      );
      expect(batch).toMatchObject({
        events: [{ eventId: 'b' }],
        quarantined: [{ reason: 'too-deep' }],
      });
    },
  );

  it.each<[string, string]>([
    ['malformed', '['],
    ['malformed', '[]'],
    ['too-large', jsonRequestOf('0,'.repeat(250_000) + '0')],
  ])('commits nothing of a request that is %s', async (status, body) => {
    const { outcome, batch } = await received(body, json);
    expect(outcome.status).toBe(status);
    expect(batch).toBeUndefined();
  });

  it('rejects when the commit does', async () => {
    const failing = receive(Buffer.from(jsonRequestOf('{}')), json, {
      rules: () => createRuleSet([], []),
      foreignRecords: 'store',
      commit: () => Promise.reject(new Error('no database')),
    });
    await expect(failing).rejects.toThrow('no database');
  });

  it('keeps a deep body apart from its neighbours', async () => {
    const { batch } = await received(
      jsonRequestOf(audit('a'), `{"body":${nestedJsonList(70)}}`),
      json,
    );
    expect(batch).toMatchObject({
      received: 2,
      events: [{ eventId: 'a' }],
      quarantined: [{ reason: 'too-deep' }],
    });
  });
});
