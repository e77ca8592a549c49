import { createDeadLetters } from './dead-letters';
import type { Frame } from './outbox';
import { MemoryDisk } from './spool/memory-disk.test.helper';
import {
  aProcess,
  close,
  framesOf,
  ids,
  seg,
} from './spool/spool-processes.test.helper';
import { aKind, pass, ROOT, stopTime } from './spool/spool.test.helper';

beforeEach(stopTime);
afterEach(() => jest.useRealTimers());

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
    void next.spool.start();
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
    void same.spool.start();
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
    void next.spool.start();
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
