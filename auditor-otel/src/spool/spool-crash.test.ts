import { SPOOL_RETRY_MS } from '../limits';
import type { Frame } from '../outbox';
import { MemoryDisk } from './memory-disk.test.helper';
import { randomOf } from './random.test.helper';
import type { Fate } from './memory-tree.test.helper';
import { decodeSegment } from './segment-format';
import type { Event } from './memory-process.test.helper';
import { live, segmentMaxBytes, settleAs } from './spool-life.test.helper';
import type { Ledger } from './spool-life.test.helper';
import { aFrame, aSpool, pass, ROOT, stopTime } from './spool.test.helper';

beforeEach(stopTime);
afterEach(() => jest.useRealTimers());

/** What another process finds and sends. */
async function recover(disk: MemoryDisk) {
  jest.clearAllTimers();
  const test = aSpool(disk.process(), { stream: 9, segmentMaxBytes });
  void test.spool.start();
  await pass(10);
  const frames = await test.drain();
  await pass(2000);
  const closed = test.spool.close();
  await pass(10);
  await closed;
  return { ...test, frames };
}

/** All of a frame in one text: jest takes long to compare buffers. */
const textOf = ({ bytes, ...frame }: Frame) =>
  JSON.stringify([
    Object.entries(frame).sort(([a], [b]) => (a < b ? -1 : 1)),
    Buffer.from(bytes).toString('latin1'),
  ]);

function check(ledger: Ledger, frames: readonly Frame[]): void {
  const made = new Set([...ledger.appended.values()].map(textOf));
  expect(frames.filter((frame) => !made.has(textOf(frame)))).toEqual([]);
  const came = new Set(frames.map(({ id }) => id));
  expect(ledger.owed().filter((id) => !came.has(id))).toEqual([]);
}

function checkBuried(ledger: Ledger, disk: MemoryDisk): void {
  const found = disk
    .files()
    .filter((path) => /dead-letter.*\.seg$/.test(path))
    .flatMap((path) => decodeSegment(disk.contentOf(path))?.frames ?? [])
    .map(({ frame }) => frame.id);
  expect(found).toEqual(expect.arrayContaining([...ledger.buried.keys()]));
}

async function callsOfALife(): Promise<string[]> {
  const disk = new MemoryDisk();
  const fs = disk.process();
  await live(disk, fs);
  jest.clearAllTimers();
  return fs.calls;
}

describe('a life of a process with a spool', () => {
  it('uses all that a spool does', async () => {
    const disk = new MemoryDisk();
    const fs = disk.process();
    const ledger = await live(disk, fs);
    const kinds = new Set(fs.calls.map((call) => call.split(' ')[0]));
    expect([...kinds].sort((a, b) => (a! < b! ? -1 : 1))).toEqual([
      'append',
      'close',
      'create',
      'list',
      'makeDirectory',
      'read',
      'remove',
      'removeDirectory',
      'rename',
      'stat',
      'sync',
      'syncDirectory',
      'touch',
    ]);
    expect(ledger.tests[1]!.dropped.length).toBeGreaterThan(0);
    expect(ledger.buried.size).toBe(1);
    expect(ledger.owed().length).toBeGreaterThan(3);
    const { frames, lines } = await recover(disk);
    check(ledger, frames);
    expect(lines).toEqual([]);
    expect(disk.files().filter((path) => !path.includes('dead-l'))).toEqual([]);
  });

  it('loses nothing that was kept when the world ends before or after any call', async () => {
    const calls = await callsOfALife();
    for (let at = 1; at <= calls.length; at++)
      for (const what of ['crash-before', 'crash-after'] as const) {
        const disk = new MemoryDisk();
        const fs = disk.process({ at, what });
        const ledger = await live(disk, fs);
        const fates: Fate[] = ['lost', 'kept', { seed: at }, { seed: -at }];
        for (const fate of fates) {
          const left = disk.afterCrash(fate);
          const { frames } = await recover(left);
          try {
            check(ledger, frames);
            checkBuried(ledger, left);
          } catch (error) {
            const where = `${what} ${at}: ${fs.calls.slice(-3).join(', ')}`;
            throw new Error(`${where}, ${JSON.stringify(fate)}`, {
              cause: error,
            });
          }
        }
      }
  });

  it('loses nothing that was taken in when any call fails once', async () => {
    const calls = await callsOfALife();
    for (let at = 1; at <= calls.length; at++)
      for (const code of ['EIO', 'ENOSPC']) {
        const disk = new MemoryDisk();
        const fs = disk.process({ at, what: 'fail', code });
        const ledger = await live(disk, fs);
        const [, test] = ledger.tests;
        // What the disk did not take is put there at the end of the process.
        expect(test!.spool.saveSync()).toBe(0);
        const { frames } = await recover(disk);
        for (const id of ledger.appended.keys())
          if (!test!.full.has(id)) test!.kept.set(id, 'spool');
        try {
          check(ledger, frames);
          expect(disk.violations).toEqual([]);
        } catch (error) {
          throw new Error(`${code} at ${fs.calls[at - 1]}`, { cause: error });
        }
      }
  });

  it('leaves all or nothing when it is killed or fails while it puts at its end what was in memory alone', async () => {
    /** A process whose disk takes nothing until it ends; the event is at the n-th call from then on. */
    async function endOf(event?: Event) {
      const disk = new MemoryDisk();
      let callsBefore: number | undefined;
      const fs = disk.process((_, at) => {
        if (callsBefore === undefined)
          return { at, what: 'fail', code: 'EROFS' };
        return event && { ...event, at: callsBefore + event.at };
      });
      const test = aSpool(fs);
      test.append(aFrame(0), aFrame(1));
      await pass(10);
      callsBefore = fs.calls.length;
      const lost = test.spool.saveSync();
      return { disk, lost, calls: fs.calls.length - callsBefore };
    }
    const whole = await endOf();
    expect(whole).toMatchObject({ lost: 0, calls: 6 });
    const { frames } = await recover(whole.disk.afterCrash('lost'));
    expect(frames).toHaveLength(2);
    for (let at = 1; at <= whole.calls; at++)
      for (const event of [
        { at, what: 'crash-before' },
        { at, what: 'crash-after' },
        { at, what: 'fail', code: 'EIO' },
      ] as const) {
        const { disk, lost } = await endOf(event);
        for (const fate of ['lost', 'kept', { seed: at }] as const) {
          const left = disk.afterCrash(fate);
          const found = await recover(left);
          const none = left.left().every((path) => ROOT.startsWith(path));
          const where = JSON.stringify([event, fate, left.left()]);
          expect([where, found.lines, none]).toEqual([where, [], true]);
          expect([0, 2]).toContain(found.frames.length);
          if (event.what === 'fail') expect([where, lost]).toEqual([where, 2]);
        }
      }
  });

  it.each(['EIO', 'ENOSPC'])(
    'goes on in memory while every call fails with %s, and on the disk once none does',
    async (code) => {
      const disk = new MemoryDisk();
      let isBroken = false;
      const fs = disk.process((_, at) =>
        isBroken ? { at, what: 'fail', code } : undefined,
      );
      const test = aSpool(fs, { segmentMaxBytes });
      const { spool, kept, append } = test;
      append(aFrame(0));
      await pass(10);
      isBroken = true;
      append(aFrame(1), aFrame(2));
      await pass(10);
      append(aFrame(3));
      expect(spool.failure()?.message).toMatch(code);
      expect([...kept.values()]).toEqual([
        'spool',
        'memory',
        'memory',
        'memory',
      ]);
      const batch = spool.take(2, 1e6)!;
      expect(batch.frames.map(({ id }) => id)).toEqual(['r0']);
      const next = spool.take(1, 1e6)!;
      expect(next.frames.map(({ id }) => id)).toEqual(['r1']);
      for (let round = 0; round < 5; round++) await pass(SPOOL_RETRY_MS);
      expect(spool.failure()?.message).toMatch(code);
      isBroken = false;
      await pass(SPOOL_RETRY_MS);
      expect(spool.failure()).toBeUndefined();
      append(aFrame(4));
      await pass(10);
      expect(kept.get('r4')).toBe('spool');
      // Those that were in memory alone are on the disk now, but for the one on its way.
      jest.clearAllTimers();
      const { frames } = await recover(disk.afterCrash('lost'));
      expect(frames.map(({ id }) => id).sort()).toEqual([
        'r0',
        'r2',
        'r3',
        'r4',
      ]);
      expect(disk.violations).toEqual([]);
    },
  );

  it('leaves no more files behind however long the disk stays full', async () => {
    const disk = new MemoryDisk();
    const fs = disk.process((call, at) =>
      call.startsWith('append')
        ? { at, what: 'fail', code: 'ENOSPC' }
        : undefined,
    );
    const { append, spool } = aSpool(fs);
    append(aFrame(0));
    await pass(10);
    for (let round = 0; round < 20; round++) await pass(SPOOL_RETRY_MS);
    expect(spool.failure()?.message).toMatch('ENOSPC');
    expect(disk.files()).toHaveLength(1);
  });

  it('loses nothing when those that recover are killed in their turn', async () => {
    const calls = await callsOfALife();
    for (let seed = 1; seed <= 150; seed++) {
      const random = randomOf(seed);
      const at = 1 + Math.floor(random() * calls.length);
      let disk = new MemoryDisk();
      const ledger = await live(
        disk,
        disk.process({ at, what: 'crash-after' }),
      );
      for (let stream = 3; stream < 6; stream++) {
        disk = disk.afterCrash({ seed: seed * 10 + stream });
        jest.clearAllTimers();
        const end = Math.floor(random() * 60);
        const test = aSpool(disk.process({ at: end, what: 'crash-before' }), {
          stream,
          segmentMaxBytes,
        });
        ledger.tests.push(test);
        void test.spool.start();
        await pass(10);
        test.append(ledger.make(), ledger.make());
        await pass(10);
        for (let turn = 0; turn < 4; turn++) {
          const batch = test.spool.take(3, 1e6);
          if (batch) settleAs(ledger, test, batch, 'sent');
          await pass(600);
        }
      }
      const { frames } = await recover(disk.afterCrash({ seed }));
      try {
        check(ledger, frames);
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
    }
  });
});
