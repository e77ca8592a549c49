import { severityLevels } from 'audit-event';
import type { SeverityLevel } from 'audit-event';
import { LOADED_SEGMENTS, ROOM_OF } from '../limits';
import type { Frame } from '../outbox';
import { MemoryDisk } from './memory-disk.test.helper';
import { randomOf } from './random.test.helper';
import { decodeSegment, sizeOfFrame } from './segment-format';
import { aFrame, aSpool, pass, stopTime } from './spool.test.helper';

beforeEach(stopTime);
afterEach(() => jest.useRealTimers());

const segmentMaxBytes = 2000;
const maxBytes = 20_000;

function aDisk() {
  const disk = new MemoryDisk();
  const bytes = () =>
    disk
      .files()
      .filter((path) => path.endsWith('.seg'))
      .reduce((sum, path) => sum + disk.contentOf(path).length, 0);
  return { disk, bytes };
}

const sequences = (frames: readonly Frame[]) =>
  frames.map(({ sequence }) => sequence).sort((a, b) => a - b);

describe('a spool in a long outage', () => {
  it('keeps few segments in memory, and gives all of them in order', async () => {
    const { disk } = aDisk();
    const fs = disk.process();
    const { spool, append, kept, drain } = aSpool(fs, { segmentMaxBytes });
    // Four requests are on their way all the time.
    const open = [];
    for (let sequence = 0; sequence < 400; sequence++) {
      append(aFrame(sequence));
      if (sequence % 5 === 0) await pass(10);
      if (open.length < 4) {
        const batch = spool.take(3, 1e6);
        if (batch) open.push(batch);
      }
    }
    await pass(10);
    expect(kept.size).toBe(400);
    expect(spool.size().records).toBeGreaterThanOrEqual(400);
    const reads = () =>
      fs.calls.filter((call) => call.startsWith('read ')).length;
    const segments = disk
      .files()
      .filter((path) => path.endsWith('.seg')).length;
    expect(segments).toBeGreaterThan(20);
    expect(reads()).toBe(0);
    for (const batch of open) spool.settle(batch, 'retry');
    const frames = await drain();
    // All but those that stayed in memory, each once.
    expect(reads()).toBeGreaterThanOrEqual(segments - LOADED_SEGMENTS - 4);
    expect(reads()).toBeLessThanOrEqual(segments);
    expect(sequences(frames)).toEqual(Array.from({ length: 400 }, (_, i) => i));
    expect(spool.size()).toMatchObject({ records: 0, waitingBytes: 0 });
  });

  it('counts records of segments that are on the disk alone', async () => {
    const { disk } = aDisk();
    const { spool, append } = aSpool(disk.process(), { segmentMaxBytes });
    for (let sequence = 0; sequence < 100; sequence++) {
      append(aFrame(sequence));
      await pass(10);
    }
    expect(spool.size()).toMatchObject({ records: 100, waitingRecords: 100 });
  });

  it.each<[SeverityLevel]>([['low'], ['medium'], ['high'], ['critical']])(
    'takes %s records up to their share of the room',
    async (level) => {
      const { disk, bytes } = aDisk();
      const { append, full, dropped } = aSpool(disk.process(), {
        segmentMaxBytes,
        maxBytes,
      });
      for (let sequence = 0; sequence < 200; sequence++) {
        append(aFrame(sequence, level));
        await pass(10);
      }
      const room = maxBytes * ROOM_OF[level];
      // A segment that is begun brings its header.
      expect(bytes()).toBeLessThanOrEqual(room + 600);
      expect(bytes()).toBeGreaterThan(room - 2 * sizeOfFrame(aFrame(0)));
      expect(full.size).toBeGreaterThan(0);
      expect(dropped).toEqual([]);
    },
  );

  it('drops the newest low, then the newest medium records for others, and keeps the oldest', async () => {
    const { disk, bytes } = aDisk();
    const { append, dropped, full, drain } = aSpool(disk.process(), {
      segmentMaxBytes,
      maxBytes,
    });
    const levels = ['low', 'medium', 'high'] as const;
    const all: Frame[] = [];
    const add = async (level: SeverityLevel, isKept = false) => {
      const frame = { ...aFrame(all.length, level), isKept };
      all.push(frame);
      append(frame);
      await pass(10);
    };
    for (let n = 0; n < 120; n++) await add(levels[n % 3]!, n % 30 === 0);
    for (let n = 0; n < 200; n++) await add('critical');
    expect(bytes()).toBeLessThanOrEqual(maxBytes + 600);
    const isGiven = (level: SeverityLevel) => (frame: Frame) =>
      frame.severityLevel === level;
    const lows = dropped.filter(isGiven('low'));
    const mediums = dropped.filter(isGiven('medium'));
    expect(lows.length).toBeGreaterThan(5);
    expect(mediums.length).toBeGreaterThan(5);
    expect(dropped).toHaveLength(lows.length + mediums.length);
    expect(dropped.some(({ isKept }) => isKept)).toBe(false);
    const frames = await drain();
    expect(
      sequences([
        ...frames,
        ...dropped,
        ...all.filter(({ id }) => full.has(id)),
      ]),
    ).toEqual(all.map(({ sequence }) => sequence));
    // Two segments are in memory, and stay whole.
    expect(sequences(frames).slice(0, 10)).toEqual(
      Array.from({ length: 10 }, (_, i) => i),
    );
  });

  it('says of no record of another process that it gave way', async () => {
    const { disk } = aDisk();
    const gone = ['5.0.here'];
    const write = async (stream: number) => {
      const one = aSpool(disk.process(), { stream, segmentMaxBytes });
      for (let n = 0; n < 40; n++) {
        one.append(aFrame(n, 'low', 100, `${stream}-${n}`));
        await pass(10);
      }
    };
    await write(5);
    const { spool, append, dropped, drain } = aSpool(disk.process(), {
      stream: 2,
      identity: { name: '2.0.here', isGone: (name) => gone.includes(name) },
      segmentMaxBytes,
      maxBytes,
    });
    void spool.start();
    await pass(10);
    // Reads the first of them, which what is found later displaces: it is known what it holds.
    expect(spool.take(1, 1e6)).toBeUndefined();
    await pass(10);
    await write(6);
    gone.push('6.0.here');
    await pass(10_000);
    for (let sequence = 0; sequence < 200; sequence++) {
      append(aFrame(sequence, 'critical'));
      await pass(10);
    }
    expect(dropped).toEqual([]);
    const lows = (await drain()).filter(
      ({ severityLevel }) => severityLevel === 'low',
    );
    expect(lows).toHaveLength(80);
  });

  /** What a process has that took over so many full spools. */
  async function afterTakingOver(spools: number) {
    const { disk } = aDisk();
    for (let stream = 3; stream < 3 + spools; stream++) {
      const one = aSpool(disk.process(), { stream, segmentMaxBytes, maxBytes });
      for (let n = 0; one.full.size === 0; n++) {
        one.append(aFrame(n, 'high', 1000, `${stream}-${n}`));
        await pass(10);
      }
    }
    jest.clearAllTimers();
    const test = aSpool(disk.process(), {
      stream: 2,
      segmentMaxBytes,
      maxBytes,
    });
    void test.spool.start();
    await pass(10);
    return test;
  }

  it('has its own room, however much it took over', async () => {
    const { append, full, kept, dropped } = await afterTakingOver(3);
    const frames = severityLevels.map((level, n) => aFrame(n, level, 1000));
    append(...frames);
    await pass(10);
    expect([[...full], dropped]).toEqual([[], []]);
    expect([...kept.values()]).toEqual(Array(4).fill('spool'));
  });

  it('takes no records that give way when it took over many times its room', async () => {
    const { append, full, kept } = await afterTakingOver(5);
    append(...severityLevels.map((level, n) => aFrame(n, level)));
    append({ ...aFrame(4, 'low'), isKept: true });
    await pass(10);
    expect([[...full], [...kept.keys()]]).toEqual([
      ['r0', 'r1'],
      ['r2', 'r3', 'r4'],
    ]);
  });

  it('gives, refuses or drops each record once, whatever is done in what order', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = randomOf(seed);
      const { disk } = aDisk();
      const { spool, append, dropped, full, kept, drain } = aSpool(
        disk.process(),
        {
          segmentMaxBytes: 900,
          maxBytes: 8000,
        },
      );
      const open = [];
      const sent: Frame[] = [];
      const all: Frame[] = [];
      for (let step = 0; step < 150; step++) {
        const dice = random();
        if (dice < 0.55) {
          const level = severityLevels[Math.floor(random() * 4)]!;
          const frame = aFrame(all.length, level, Math.floor(random() * 200));
          all.push(frame);
          append(frame);
        } else if (dice < 0.7) {
          const batch = spool.take(1 + Math.floor(random() * 4), 1e6);
          if (batch) open.push(batch);
        } else if (dice < 0.8 && open.length > 0) {
          const [batch] = open.splice(Math.floor(random() * open.length), 1);
          const isSent = random() < 0.3;
          spool.settle(batch!, isSent ? 'sent' : 'retry');
          if (isSent) sent.push(...batch!.frames);
        } else await pass(random() < 0.5 ? 3 : 700);
      }
      for (const batch of open) spool.settle(batch, 'retry');
      await pass(10);
      sent.push(...(await drain()));
      const refused = all.filter(({ id }) => full.has(id));
      expect([seed, ...sequences([...sent, ...dropped, ...refused])]).toEqual([
        seed,
        ...all.map(({ sequence }) => sequence),
      ]);
      expect(kept.size).toBe(all.length - refused.length);
      const closed = spool.close();
      await pass(10);
      await closed;
      expect(disk.files()).toEqual([]);
    }
  });

  it('leaves sound files when it has dropped', async () => {
    const { disk } = aDisk();
    const { append, dropped } = aSpool(disk.process(), {
      segmentMaxBytes,
      maxBytes,
    });
    for (let sequence = 0; sequence < 300; sequence++) {
      append(aFrame(sequence, sequence % 2 ? 'low' : 'high'));
      await pass(10);
    }
    expect(dropped.length).toBeGreaterThan(5);
    const gone = new Set(sequences(dropped));
    for (const path of disk.files().filter((name) => name.endsWith('.seg'))) {
      const content = decodeSegment(disk.contentOf(path))!;
      expect(content.damagedBytes).toBe(0);
      for (const { frame } of content.frames)
        expect(gone.has(frame.sequence)).toBe(false);
    }
  });
});
