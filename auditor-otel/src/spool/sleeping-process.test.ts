import { MemoryDisk } from './memory-disk.test.helper';
import { aProcess, close, framesOf, ids } from './spool-processes.test.helper';
import { aFrame, pass, stopTime } from './spool.test.helper';

beforeEach(stopTime);
afterEach(() => jest.useRealTimers());

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
      void other.spool.start();
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
      void last.spool.start();
      await pass(10);
      await last.drain();
      await close(last);
      expect(disk.files()).toEqual([]);
    },
  );

  it('has on the disk what it wrote after the other had read its segment', async () => {
    const disk = new MemoryDisk();
    const sleeper = aProcess(disk, 1);
    const [first, ...later] = framesOf(1, 3);
    sleeper.append(first!);
    await pass(10);
    const other = aProcess(disk, 2, ['1.0.here']);
    void other.spool.start();
    await pass(10);
    expect(await other.drain()).toEqual([first]);
    sleeper.append(...later);
    await pass(10);
    expect(later.map(({ id }) => sleeper.kept.get(id))).toEqual([
      'spool',
      'spool',
    ]);
    jest.clearAllTimers();
    const third = aProcess(disk, 3, ['1.0.here', '2.0.here']);
    void third.spool.start();
    await pass(10);
    expect(ids(await third.drain())).toEqual(
      expect.arrayContaining(ids(later)),
    );
  });

  it('does not move the cursor past what the other has not sent', async () => {
    const disk = new MemoryDisk();
    const sleeper = aProcess(disk, 1);
    sleeper.append(...framesOf(1, 2));
    await pass(10);
    const batch = sleeper.spool.take(1, 1e6)!;
    const other = aProcess(disk, 2, ['1.0.here']);
    void other.spool.start();
    await pass(10);
    sleeper.spool.settle(batch, 'sent');
    sleeper.append(aFrame(9, 'high', 100, '1-9'));
    await pass(5000);
    jest.clearAllTimers();
    const third = aProcess(disk, 3, ['1.0.here', '2.0.here']);
    void third.spool.start();
    await pass(10);
    expect(ids(await third.drain())).toEqual(
      expect.arrayContaining(['1-1', '1-9']),
    );
  });
});
