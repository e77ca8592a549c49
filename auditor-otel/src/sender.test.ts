import { severityLevels } from 'audit-event';
import type { Answer } from './answer';
import type { Refused } from './deliver';
import { jsonEncoding } from './encode-json';
import { protobufEncoding } from './encode-protobuf';
import { createMemoryOutbox } from './memory-outbox';
import type { Frame } from './outbox';
import {
  answer,
  recordingTransport,
  taken,
} from './recording-transport.test.helper';
import type { RecordingTransport } from './recording-transport.test.helper';
import { createPauses } from './pauses';
import { createSender } from './sender';

const encoding = protobufEncoding();
const kind = {
  streamId: '01980f5e-7c1a-7000-9d52-000000000000',
  encoding: 'protobuf' as const,
  source: { resource: { 'service.name': 'shop' } },
};

/** A sender over an outbox in memory; pauses end at once and are written down. */
function aSender(
  transport: RecordingTransport,
  onPause?: (count: number) => void | Promise<void>,
) {
  const waits: number[] = [];
  const refused: Refused[] = [];
  const sent: Frame[] = [];
  const lines: string[] = [];
  const outbox = createMemoryOutbox({
    kind,
    maxRecords: 10_000,
    maxBytes: 10_000_000,
    onDropped() {},
  });
  const away = createPauses();
  const pause = async (ms: number) => {
    waits.push(ms);
    await new Promise(setImmediate);
    await onPause?.(waits.length);
  };
  const sender = createSender({
    outbox,
    encodings: { protobuf: encoding, json: jsonEncoding() },
    post: (body, contentType) => transport.post(body, contentType),
    pauses: { pause, end() {} },
    awayPauses: {
      pause: (ms) => Promise.race([pause(ms), away.pause(60_000)]),
      end: () => away.end(),
    },
    diagnose: (_, line) => lines.push(line),
    onSent: ({ frames }) => sent.push(...frames),
    onRefused: async (one) => void refused.push(one),
    random: () => 1,
  });
  const add = (...names: string[]) => {
    for (const name of names) outbox.append(aFrame(name));
    sender.wake();
  };
  return { outbox, sender, waits, refused, sent, lines, add };
}

let sequence = 0;
function aFrame(eventName: string): Frame {
  const bytes = encoding.encodeRecord({
    timeUnixNano: 1n,
    observedTimeUnixNano: 1n,
    severityNumber: 9,
    severityText: 'low',
    body: null,
    attributes: {},
    droppedAttributesCount: 0,
    flags: 0,
    traceId: '',
    spanId: '',
    eventName,
  });
  const severityLevel = severityLevels[sequence % 4]!;
  return {
    id: eventName,
    severityLevel,
    isKept: false,
    sequence: sequence++,
    bytes,
  };
}

const names = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `event-${from + i}`);
const namesOf = (transport: RecordingTransport) =>
  transport.records.map((record) => record.eventName).sort();

describe('createSender', () => {
  it('sends what waits in one request', async () => {
    const transport = recordingTransport();
    const { sender, sent, outbox, add } = aSender(transport);
    add('a', 'b', 'c');
    expect(await sender.flush(5000)).toEqual({ status: 'sent' });
    expect(transport.bodies).toHaveLength(1);
    expect(sent.map((frame) => frame.id)).toEqual(['a', 'b', 'c']);
    expect(outbox.size().records).toBe(0);
  });

  it('sends without a flush, once the first record has waited', async () => {
    const transport = recordingTransport();
    const { sender, sent, add } = aSender(transport);
    add('a');
    while (sent.length === 0) await new Promise(setImmediate);
    expect(await sender.flush(0)).toEqual({ status: 'sent' });
  });

  it('puts at most 512 records into a request, and sends at most four at a time', async () => {
    let open = 0;
    let most = 0;
    const sizes: number[] = [];
    const transport = recordingTransport(async (records) => {
      sizes.push(records.length);
      most = Math.max(most, ++open);
      await new Promise(setImmediate);
      open -= 1;
      return taken;
    });
    const { sender, add } = aSender(transport);
    add(...names(0, 3000));
    await sender.flush(5000);
    expect(sizes).toEqual([512, 512, 512, 512, 512, 440]);
    expect(most).toBe(4);
    expect(namesOf(transport)).toEqual(names(0, 3000).sort());
  });

  it('tries again with the same bytes, longer each time up to 30 s', async () => {
    const transport = recordingTransport((_, request) =>
      request <= 8 ? answer(503) : taken,
    );
    const { sender, waits, lines, add } = aSender(transport);
    add('a', 'b');
    expect(await sender.flush(5000)).toEqual({ status: 'sent' });
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
    for (const body of transport.bodies)
      expect(body).toEqual(transport.bodies[0]);
    expect(lines.at(0)).toBe(
      'cannot deliver audit records: status 503; trying again',
    );
    expect(lines.at(-1)).toBe('the receiver takes audit records again');
  });

  it.each<[string, Answer, number]>([
    ['as long as the receiver asks', answer(503, 7000), 7000],
    ['longer than the receiver asks', answer(429, 0), 500],
    ['half a minute after a wrong token', answer(401), 30_000],
    ['half a minute after a wrong path', answer(404), 30_000],
    ['half a minute after a redirect', answer(308), 30_000],
    [
      'after a lost connection',
      { status: 'unreachable', reason: 'reset' },
      500,
    ],
  ])('waits %s', async (_, failure, waitMs) => {
    const transport = recordingTransport((_, request) =>
      request === 1 ? failure : taken,
    );
    const { sender, waits, sent, add } = aSender(transport);
    add('a');
    await sender.flush(5000);
    expect(waits).toEqual([waitMs]);
    expect(sent).toHaveLength(1);
  });

  it.each([400, 413, 415, 422, 409])(
    'halves a request that is refused with %i down to the one record that is meant',
    async (code) => {
      const transport = recordingTransport((records) =>
        records.some((record) => record.eventName === 'event-77')
          ? answer(code)
          : taken,
      );
      const { sender, refused, outbox, add } = aSender(transport);
      add(...names(0, 200));
      expect(await sender.flush(5000)).toEqual({ status: 'sent' });
      expect(refused).toMatchObject([
        { frame: { id: 'event-77' }, reason: `status ${code}` },
      ]);
      expect(namesOf(transport)).toEqual(
        names(0, 200)
          .filter((name) => name !== 'event-77')
          .sort(),
      );
      expect(outbox.size().records).toBe(0);
      // One for the whole, two for each halving.
      expect(transport.bodies.length).toBeLessThanOrEqual(1 + 2 * 8);
    },
  );

  it('finds a record that the receiver fails at, after 20 tries, once others pass', async () => {
    const transport = recordingTransport((records) =>
      records.some((record) => record.eventName === 'event-5')
        ? answer(500)
        : taken,
    );
    const { sender, waits, refused, add } = aSender(transport, (pause) => {
      if (pause === 60) add('later');
    });
    add(...names(0, 8));
    expect(await sender.flush(5000)).toEqual({ status: 'sent' });
    expect(refused.map((one) => one.frame.id)).toEqual(['event-5']);
    expect(waits.length).toBeGreaterThanOrEqual(20);
    expect(namesOf(transport)).toHaveLength(8);
  });

  it('gives up no record while the receiver fails at everything', async () => {
    let isBroken = true;
    const transport = recordingTransport(() =>
      isBroken ? answer(500) : taken,
    );
    const { sender, refused, add } = aSender(transport, (pause) => {
      if (pause === 300) isBroken = false;
    });
    add('a', 'b');
    expect(await sender.flush(10_000)).toEqual({ status: 'sent' });
    expect(refused).toEqual([]);
    expect(namesOf(transport)).toEqual(['a', 'b']);
  });

  it('goes on when the transport breaks its promise and rejects', async () => {
    const transport = recordingTransport((_, request) => {
      if (request === 1) throw new Error('bug');
      return taken;
    });
    const { sender, sent, add } = aSender(transport);
    add('a');
    await sender.flush(5000);
    expect(sent).toHaveLength(1);
  });

  it('says how much is left when time is up', async () => {
    const transport = recordingTransport(() => answer(503));
    const { sender, add } = aSender(transport);
    add('a', 'b');
    expect(await sender.flush(20)).toEqual({
      status: 'unsent',
      records: 2,
      keptIn: 'memory',
    });
    sender.stop();
  });

  it('gives back what it could not send when it is stopped', async () => {
    const transport = recordingTransport(() => answer(503));
    const { sender, outbox, add } = aSender(transport);
    add('a', 'b');
    await sender.flush(5);
    sender.stop();
    while (outbox.size().waitingRecords < 2) await new Promise(setImmediate);
    const { length } = transport.bodies;
    add('c');
    await new Promise(setImmediate);
    expect(transport.bodies).toHaveLength(length);
    expect(outbox.size().records).toBe(3);
  });
});

describe('a sender that flushes', () => {
  it('sends what comes meanwhile without waiting for more', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
    const answers = Promise.withResolvers<void>();
    const transport = recordingTransport(async (_, request) => {
      if (request === 1) await answers.promise;
      return taken;
    });
    const { sender, add } = aSender(transport);
    add('a');
    const flushed = sender.flush(5000);
    add('b');
    await new Promise(setImmediate);
    expect(namesOf(transport)).toEqual(['b']);
    answers.resolve();
    expect(await flushed).toEqual({ status: 'sent' });
    jest.useRealTimers();
  });
});

describe('a sender whose receiver was away', () => {
  it('sends all that waits as soon as one request succeeds', async () => {
    const transport = recordingTransport((_, request) =>
      request <= 2 ? { status: 'unreachable', reason: 'ECONNREFUSED' } : taken,
    );
    // Only the first of two requests tries again by itself.
    let pauses = 0;
    const { sender, add } = aSender(transport, () =>
      pauses++ === 0 ? undefined : new Promise(() => undefined),
    );
    add(...Array.from({ length: 600 }, (_, i) => `event-${i}`));
    expect(await sender.flush(60_000)).toEqual({ status: 'sent' });
    expect(transport.records).toHaveLength(600);
  });
});
