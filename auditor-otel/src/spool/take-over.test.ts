import { SILENT_MS } from '../limits';
import type { Frame } from '../outbox';
import { MemoryDisk } from './memory-disk.test.helper';
import {
  aProcess,
  close,
  framesOf,
  ids,
  seg,
} from './spool-processes.test.helper';
import { aFrame, aSpool, pass, ROOT, stopTime } from './spool.test.helper';

beforeEach(stopTime);
afterEach(() => jest.useRealTimers());

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
    for (const { spool } of two) void spool.start();
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

  it('removes what a process that has ended was about to make, not what one that lives is', async () => {
    const disk = new MemoryDisk();
    const name = (one: number) =>
      `${ROOT}/new-01980f5e-7c1a-7000-9d52-00000000000${one}.${one}.0.here`;
    disk.put(`${name(1)}/owner.nobody`, '');
    disk.put(`${name(1)}/000000001.seg`, 'the begin');
    disk.put(`${name(3)}/owner.3.0.here`, '');
    const second = aProcess(disk, 2, ['1.0.here']);
    void second.spool.start();
    await pass(10);
    expect(disk.left()).toEqual([`${name(3)}/owner.3.0.here`]);
    // Of another machine, it may be.
    await pass(SILENT_MS);
    await pass(10_000);
    expect([disk.left(), second.lines]).toEqual([[ROOT], []]);
  });

  it('goes on with what was taken over from a third', async () => {
    const disk = new MemoryDisk();
    const gone: string[] = [];
    for (const stream of [1, 2, 3]) {
      const one = aProcess(disk, stream, [...gone]);
      void one.spool.start();
      one.append(...framesOf(stream));
      await pass(2000);
      jest.clearAllTimers();
      gone.push(`${stream}.0.here`);
    }
    const last = aProcess(disk, 4, gone);
    void last.spool.start();
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
      void second.spool.start();
      await pass(SILENT_MS - 1000);
      expect(await second.drain()).toEqual([]);
      await pass(15_000);
      expect(ids(await second.drain())).toEqual(ids(framesOf(1)));
    },
  );

  it('leaves a process alone that shows that it lives', async () => {
    const disk = new MemoryDisk();
    const first = aProcess(disk, 1);
    void first.spool.start();
    first.append(...framesOf(1));
    const second = aProcess(disk, 2);
    void second.spool.start();
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
      void second.spool.start();
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
        void second.spool.start();
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
    void second.spool.start();
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
    void second.spool.start();
    await pass(10);
    expect(await second.drain()).toHaveLength(3);
    expect(second.lines).toEqual([expect.stringMatching(/^cannot read .*EIO/)]);
    await pass(10_000);
    expect(await second.drain()).toHaveLength(3);
  });

  it('forgets a directory that it could not read and another process has taken and removed since', async () => {
    const disk = new MemoryDisk();
    const first = aProcess(disk, 1);
    first.append(...framesOf(1));
    await pass(10);
    jest.clearAllTimers();
    const directory = seg(disk)[0]!.replace(/\/[^/]*$/, '');
    const fs = disk.process((call, at) =>
      /stat .*seg$/.test(call) ? { at, what: 'fail', code: 'EIO' } : undefined,
    );
    const second = aSpool(fs, { stream: 2 });
    void second.spool.start();
    await pass(10);
    for (const path of disk.files())
      if (path.startsWith(directory)) await fs.remove(path);
    await fs.removeDirectory(directory);
    for (let round = 0; round < 3; round++) await pass(10_000);
    expect(second.lines).toEqual([expect.stringMatching(/^cannot read .*EIO/)]);
    await close(second);
  });

  it('forgets a directory that it is done with', async () => {
    const disk = new MemoryDisk();
    for (const stream of [1, 2, 3]) aProcess(disk, stream).append(aFrame(1));
    await pass(10);
    jest.clearAllTimers();
    const fs = disk.process();
    const last = aSpool(fs, { stream: 4 });
    void last.spool.start();
    await pass(10);
    expect(await last.drain()).toHaveLength(3);
    for (let round = 0; round < 3; round++) await pass(10_000);
    const before = fs.calls.length;
    await pass(10_000);
    await close(last);
    const after = fs.calls.slice(before);
    expect(after.filter((call) => /owner/.test(call))).toEqual([]);
  });

  it('ends with close, even in the midst of it', async () => {
    for (let turns = 0; turns < 40; turns++) {
      const disk = new MemoryDisk();
      const first = aProcess(disk, 1);
      first.append(...framesOf(1));
      await pass(10);
      const second = aProcess(disk, 2, ['1.0.here']);
      void second.spool.start();
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      await close(second);
      await close(second);
      const third = aProcess(disk, 3, ['1.0.here']);
      void third.spool.start();
      await pass(10);
      expect(ids(await third.drain())).toEqual(ids(framesOf(1)));
      jest.clearAllTimers();
    }
  });
});
