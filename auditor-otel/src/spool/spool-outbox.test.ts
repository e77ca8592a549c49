import { SPOOL_RETRY_MS } from '../limits';
import { MemoryDisk } from './memory-disk.test.helper';
import {
  aProcess,
  close,
  framesOf,
  ids,
  seg,
  segmentMaxBytes,
} from './spool-processes.test.helper';
import { aFrame, aSpool, pass, stopTime } from './spool.test.helper';

beforeEach(stopTime);
afterEach(() => jest.useRealTimers());

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
    void next.spool.start();
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
    void next.spool.start();
    await pass(10);
    expect(ids(await next.drain())).toEqual(ids(framesOf(1)));
  });

  it('says why records are lost that the disk refused when memory was full', async () => {
    const fs = new MemoryDisk().process((call, at) =>
      call.startsWith('makeD')
        ? { at, what: 'fail', code: 'EROFS' }
        : undefined,
    );
    const test = aSpool(fs, { memory: { maxRecords: 2, maxBytes: 1e6 } });
    test.append(...framesOf(1, 3));
    await pass(10);
    expect([...test.kept.values()]).toEqual(['memory', 'memory', 'lost']);
    expect([...test.reasons]).toEqual([
      'the disk cannot be written, and there is no room in memory',
    ]);
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
