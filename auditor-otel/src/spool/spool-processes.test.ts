import { SILENT_MS, SPOOL_RETRY_MS } from '../limits';
import { createDeadLetters } from '../dead-letters';
import type { Frame } from '../outbox';
import { MemoryDisk } from './memory-file-system.test.helper';
import {
  aFrame,
  aKind,
  aSpool,
  pass,
  ROOT,
  stopTime,
} from './spool.test.helper';
import type { TestSpool } from './spool.test.helper';

beforeEach(stopTime);
afterEach(() => jest.useRealTimers());

const segmentMaxBytes = 600;
const ids = (frames: readonly Frame[]) => frames.map(({ id }) => id).sort();
const seg = (disk: MemoryDisk) =>
  disk.files().filter((path) => path.endsWith('.seg'));

/** A spool whose process knows which others are gone. */
function aProcess(
  disk: MemoryDisk,
  stream: number,
  gone: readonly string[] = [],
  name = `${stream}.0.here`,
): TestSpool {
  const identity = { name, isGone: (one: string) => gone.includes(one) };
  return aSpool(disk.process(), { stream, identity, segmentMaxBytes });
}

/** Frames of a stream of their own, so that all ids differ. */
const framesOf = (stream: number, count = 3) =>
  Array.from({ length: count }, (_, i) =>
    aFrame(i, 'high', 100, `${stream}-${i}`),
  );

async function close({ spool }: TestSpool): Promise<void> {
  const closed = spool.close();
  await pass(10);
  await closed;
}

describe('a process that was asleep while another took its directory over', () => {
  it.each([
    ['with a segment open', 2],
    ['with its last segment just full', 6],
    ['after its directory was emptied and removed', 2, true],
  ])(
    '%s, loses nothing and goes on in a directory of its own',
    async (_, count, isRemoved = false) => {
      const disk = new MemoryDisk();
      const sleeper = aProcess(disk, 1);
      sleeper.append(...framesOf(1, count));
      await pass(10);
      const other = aProcess(disk, 2, ['1.0.here']);
      other.spool.start();
      await pass(10);
      const sentByOther = isRemoved ? await other.drain() : [];
      await pass(10);
      const later = framesOf(1, count + 4).slice(count);
      for (const frame of later) {
        sleeper.append(frame);
        await pass(10);
      }
      expect(ids(later).map((id) => sleeper.kept.get(id))).toEqual(
        later.map(() => 'spool'),
      );
      expect(sleeper.spool.failure()).toBeUndefined();
      sentByOther.push(...(await other.drain()));
      expect(ids(sentByOther)).toEqual(
        expect.arrayContaining(ids(framesOf(1, count))),
      );
      const sentBySleeper = await sleeper.drain();
      expect(ids([...sentByOther, ...sentBySleeper])).toEqual(
        expect.arrayContaining(ids(framesOf(1, count + 4))),
      );
      await close(sleeper);
      await close(other);
      // What the sleeper wrote twice may be left for the next.
      const last = aProcess(disk, 3, ['1.0.here', '2.0.here']);
      last.spool.start();
      await pass(10);
      await last.drain();
      await close(last);
      expect(disk.files()).toEqual([]);
    },
  );

  it('does not move the cursor past what the other has not sent', async () => {
    const disk = new MemoryDisk();
    const sleeper = aProcess(disk, 1);
    sleeper.append(...framesOf(1, 2));
    await pass(10);
    const batch = sleeper.spool.take(1, 1e6)!;
    const other = aProcess(disk, 2, ['1.0.here']);
    other.spool.start();
    await pass(10);
    sleeper.spool.settle(batch, 'sent');
    sleeper.append(aFrame(9, 'high', 100, '1-9'));
    await pass(5000);
    jest.clearAllTimers();
    const third = aProcess(disk, 3, ['1.0.here', '2.0.here']);
    third.spool.start();
    await pass(10);
    expect(ids(await third.drain())).toEqual(
      expect.arrayContaining(['1-1', '1-9']),
    );
  });
});

describe('taking over', () => {
  it('is done by one of two that try at once', async () => {
    const disk = new MemoryDisk();
    for (const stream of [1, 2, 3]) {
      const gone = aProcess(disk, stream);
      gone.append(...framesOf(stream));
      await pass(10);
    }
    jest.clearAllTimers();
    const gone = ['1.0.here', '2.0.here', '3.0.here'];
    const two = [aProcess(disk, 4, gone), aProcess(disk, 5, gone)];
    for (const { spool } of two) spool.start();
    await pass(10);
    const sent: Frame[] = [];
    for (const one of two) sent.push(...(await one.drain()));
    expect(ids(sent)).toEqual([1, 2, 3].flatMap((one) => ids(framesOf(one))));
    for (const one of two) {
      expect(one.lines).toEqual([]);
      await close(one);
    }
    expect(disk.files()).toEqual([]);
  });

  it('goes on with what was taken over from a third', async () => {
    const disk = new MemoryDisk();
    const gone: string[] = [];
    for (const stream of [1, 2, 3]) {
      const one = aProcess(disk, stream, [...gone]);
      one.spool.start();
      one.append(...framesOf(stream));
      await pass(2000);
      jest.clearAllTimers();
      gone.push(`${stream}.0.here`);
    }
    const last = aProcess(disk, 4, gone);
    last.spool.start();
    await pass(10);
    expect(ids(await last.drain())).toEqual(
      [1, 2, 3].flatMap((one) => ids(framesOf(one))),
    );
    await close(last);
    expect(disk.files()).toEqual([]);
  });

  it.each([
    ['of another machine', '7.0.there'],
    ['of a name that nobody makes', 'x'],
    ['of no name', ''],
  ])(
    'waits until the process %s has been silent for a minute',
    async (_, name) => {
      const disk = new MemoryDisk();
      const first = aProcess(disk, 1, [], name);
      first.append(...framesOf(1));
      await pass(10);
      jest.clearAllTimers();
      const second = aProcess(disk, 2);
      second.spool.start();
      await pass(SILENT_MS - 1000);
      expect(await second.drain()).toEqual([]);
      await pass(15_000);
      expect(ids(await second.drain())).toEqual(ids(framesOf(1)));
    },
  );

  it('leaves a process alone that shows that it lives', async () => {
    const disk = new MemoryDisk();
    const first = aProcess(disk, 1);
    first.spool.start();
    first.append(...framesOf(1));
    const second = aProcess(disk, 2);
    second.spool.start();
    for (let round = 0; round < 20; round++) await pass(10_000);
    expect(await second.drain()).toEqual([]);
    expect(ids(await first.drain())).toEqual(ids(framesOf(1)));
  });

  it.each(['', 'x', '9 9\n', '9 0 1\n', '2 99999 123456\n', '1 1'])(
    'begins at the beginning where the cursor is %j',
    async (cursor) => {
      const disk = new MemoryDisk();
      const first = aProcess(disk, 1);
      for (const frame of framesOf(1, 4)) {
        first.append(frame);
        await pass(10);
      }
      jest.clearAllTimers();
      disk.put(seg(disk)[0]!.replace(/[^/]*$/, 'cursor'), cursor);
      const second = aProcess(disk, 2, ['1.0.here']);
      second.spool.start();
      await pass(10);
      expect(ids(await second.drain())).toEqual(ids(framesOf(1, 4)));
    },
  );

  it('survives a cursor with any byte changed', async () => {
    const disk = new MemoryDisk();
    const first = aProcess(disk, 1);
    for (const frame of framesOf(1, 9)) {
      first.append(frame);
      await pass(10);
    }
    for (let turn = 0; turn < 2; turn++) {
      first.spool.settle(first.spool.take(2, 1e6)!, 'sent');
      await pass(1500);
    }
    const path = disk.files().find((name) => name.endsWith('cursor'))!;
    const length = disk.contentOf(path).length;
    expect(length).toBeGreaterThan(5);
    for (let at = 0; at < length; at++)
      for (const pattern of [1, 2, 4, 8, 16, 0x80]) {
        const copy = disk.afterCrash('kept');
        jest.clearAllTimers();
        copy.contentOf(path)[at]! ^= pattern;
        const second = aProcess(copy, 2, ['1.0.here']);
        second.spool.start();
        await pass(10);
        expect(ids(await second.drain())).toEqual(
          expect.arrayContaining(ids(framesOf(1, 9).slice(4))),
        );
      }
  });

  it('keeps what it does not know, and delivers the rest', async () => {
    const disk = new MemoryDisk();
    const first = aProcess(disk, 1);
    first.append(...framesOf(1));
    await pass(10);
    jest.clearAllTimers();
    const directory = seg(disk)[0]!.replace(/\/[^/]*$/, '');
    disk.put(`${directory}/notes.txt`, 'mine');
    disk.put(`${directory}/000000099.seg`, 'not a segment');
    disk.put(`${directory}/1.seg`, 'nor this');
    disk.put(`${ROOT}/file`, 'nor this');
    disk.put(`${ROOT}/empty/file`, 'nor this');
    const second = aProcess(disk, 2, ['1.0.here']);
    second.spool.start();
    await pass(10);
    expect(ids(await second.drain())).toEqual(ids(framesOf(1)));
    await pass(2000);
    expect(second.lines).toEqual([
      expect.stringMatching(
        /000000099.seg cannot be read as audit records; it is kept as .*damaged/,
      ),
      expect.stringMatching(/is kept, because (notes.txt|1.seg) is in it/),
    ]);
    await close(second);
    const name = directory.slice(ROOT.length + 1);
    expect(disk.files()).toEqual(
      [
        `${directory}/1.seg`,
        `${directory}/cursor`,
        `${directory}/notes.txt`,
        `${directory}/owner.nobody`,
        `${ROOT}/damaged/${name}-000000099.seg`,
        `${ROOT}/empty/file`,
        `${ROOT}/file`,
      ].sort(),
    );
  });

  it('tries a directory again that could not be read', async () => {
    const disk = new MemoryDisk();
    const first = aProcess(disk, 1);
    first.append(...framesOf(1));
    const neighbour = aProcess(disk, 3);
    neighbour.append(...framesOf(3));
    await pass(10);
    jest.clearAllTimers();
    let hasFailed = false;
    const fs = disk.process((call, at) => {
      if (hasFailed || !/stat .*seg$/.test(call)) return undefined;
      hasFailed = true;
      return { at, what: 'fail', code: 'EIO' };
    });
    const second = aSpool(fs, { stream: 2 });
    second.spool.start();
    await pass(10);
    expect(await second.drain()).toHaveLength(3);
    expect(second.lines).toEqual([expect.stringMatching(/^cannot read .*EIO/)]);
    await pass(10_000);
    expect(await second.drain()).toHaveLength(3);
  });

  it('ends with close, even in the midst of it', async () => {
    for (let turns = 0; turns < 40; turns++) {
      const disk = new MemoryDisk();
      const first = aProcess(disk, 1);
      first.append(...framesOf(1));
      await pass(10);
      const second = aProcess(disk, 2, ['1.0.here']);
      second.spool.start();
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      await close(second);
      await close(second);
      const third = aProcess(disk, 3, ['1.0.here']);
      third.spool.start();
      await pass(10);
      expect(ids(await third.drain())).toEqual(ids(framesOf(1)));
      jest.clearAllTimers();
    }
  });
});

describe('a spool', () => {
  it('writes a record that is made when another was just kept', async () => {
    const disk = new MemoryDisk();
    const { spool } = aProcess(disk, 1);
    const done: number[] = [];
    const make = (sequence: number) =>
      new Promise<void>((resolve) => {
        spool.append(aFrame(sequence), () => {
          done.push(sequence);
          resolve();
        });
      });
    const chain = (async () => {
      for (let sequence = 0; sequence < 5; sequence++) await make(sequence);
    })();
    for (let turn = 0; turn < 5; turn++) await pass(10);
    expect(done).toEqual([0, 1, 2, 3, 4]);
    await chain;
  });

  it('goes on when somebody removes its directory', async () => {
    const disk = new MemoryDisk();
    const fs = disk.process();
    const test = aSpool(fs, { segmentMaxBytes });
    test.append(...framesOf(1));
    await pass(10);
    const path = seg(disk)[0]!.replace(/\/[^/]*$/, '');
    fs.removeAllSync(path);
    test.append(aFrame(7));
    await pass(10);
    await pass(SPOOL_RETRY_MS);
    test.append(aFrame(8));
    await pass(10);
    expect([test.kept.get('r7'), test.kept.get('r8')]).toEqual([
      'spool',
      'spool',
    ]);
  });

  it('puts at the end what is being written into a directory of its own', async () => {
    const disk = new MemoryDisk();
    const test = aSpool(disk.process(), { segmentMaxBytes });
    test.append(...framesOf(1));
    await pass(10);
    test.append(...framesOf(2));
    expect(test.spool.saveSync()).toBe(0);
    jest.clearAllTimers();
    const next = aSpool(disk.process(), { stream: 2 });
    next.spool.start();
    await pass(10);
    expect(ids(await next.drain())).toEqual(
      ids([...framesOf(1), ...framesOf(2)]),
    );
  });

  it('puts at close what came back to memory while the disk was away', async () => {
    const disk = new MemoryDisk();
    let isBroken = true;
    const fs = disk.process((call, at) =>
      isBroken && call.startsWith('makeD')
        ? { at, what: 'fail', code: 'EROFS' }
        : undefined,
    );
    const test = aSpool(fs);
    test.append(...framesOf(1));
    await pass(10);
    const batch = test.spool.take(2, 1e6)!;
    isBroken = false;
    await pass(SPOOL_RETRY_MS);
    test.spool.settle(batch, 'retry');
    await close(test);
    const next = aSpool(disk.process(), { stream: 2 });
    next.spool.start();
    await pass(10);
    expect(ids(await next.drain())).toEqual(ids(framesOf(1)));
  });

  it('can be closed twice, and without having been used', async () => {
    const disk = new MemoryDisk();
    const test = aSpool(disk.process());
    await close(test);
    await close(test);
    expect(test.spool.saveSync()).toBe(0);
    expect([disk.files(), test.lines]).toEqual([[], []]);
  });
});

describe('a folder of refused records', () => {
  async function bury(disk: MemoryDisk, frames: readonly Frame[]) {
    const letters = createDeadLetters(
      disk.process(),
      ROOT,
      () => {},
      () => {},
    );
    for (const frame of frames) await letters.add(aKind(1), frame, 'no');
    return letters;
  }
  const folderOf = (disk: MemoryDisk) => seg(disk)[0]!.replace(/\/[^/]*$/, '');
  const moveUp = (disk: MemoryDisk) => {
    const folder = folderOf(disk);
    disk.move(folder, `${ROOT}/${folder.split('/').at(-1)}`);
  };

  it('is sent again when it is moved up, and goes when it is sent', async () => {
    const disk = new MemoryDisk();
    const letters = await bury(disk, framesOf(1));
    await letters.close();
    expect(folderOf(disk)).toMatch(`${ROOT}/dead-letter/${aKind(1).streamId}`);
    expect(
      disk
        .contentOf(`${folderOf(disk)}/reasons.ndjson`)
        .toString()
        .split('\n')[0],
    ).toBe('{"id":"1-0","sequence":0,"severityLevel":"high","reason":"no"}');
    moveUp(disk);
    const next = aProcess(disk, 2);
    next.spool.start();
    await pass(10);
    expect(ids(await next.drain())).toEqual(ids(framesOf(1)));
    await close(next);
    expect(disk.files()).toEqual([]);
  });

  it('that was moved up takes nothing more: what is refused again has a new one', async () => {
    const disk = new MemoryDisk();
    const letters = await bury(disk, framesOf(1));
    moveUp(disk);
    const same = aProcess(disk, 2);
    same.spool.start();
    await pass(10);
    const batch =
      same.spool.take(9, 1e6) ?? (await pass(10), same.spool.take(9, 1e6)!);
    for (const frame of batch.frames)
      await letters.add(batch, frame, 'still no');
    same.spool.settle(batch, 'refused');
    await close(same);
    await letters.close();
    moveUp(disk);
    const next = aProcess(disk, 3);
    next.spool.start();
    await pass(10);
    expect(ids(await next.drain())).toEqual(
      expect.arrayContaining(ids(framesOf(1))),
    );
  });

  it.each([
    'makeDirectory',
    'create',
    'append',
    'sync',
    'syncDirectory',
    'stat',
  ])('hands a record on when %s fails, and takes the next', async (name) => {
    const disk = new MemoryDisk();
    let isBroken = true;
    const fs = disk.process((call, at) =>
      isBroken && call.startsWith(`${name} `)
        ? { at, what: 'fail', code: 'EIO' }
        : undefined,
    );
    const onStderr: Frame[] = [];
    const lines: string[] = [];
    const letters = createDeadLetters(
      fs,
      ROOT,
      (_, line) => lines.push(line),
      (frame) => onStderr.push(frame),
    );
    const [first, second] = framesOf(1);
    await letters.add(aKind(1), first!, 'no');
    expect(onStderr).toEqual([first]);
    expect(lines).toEqual([
      expect.stringContaining('is on stderr: Error: EIO'),
    ]);
    isBroken = false;
    await letters.add(aKind(1), second!, 'no');
    expect(onStderr).toEqual([first]);
    await letters.close();
    const opened = fs.calls.filter((call) => call.startsWith('create')).length;
    const closed = fs.calls.filter((call) => call.startsWith('close')).length;
    expect(closed).toBe(opened - (name === 'create' ? 1 : 0));
  });
});
