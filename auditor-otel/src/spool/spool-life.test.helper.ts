import type { SeverityLevel } from 'audit-event';
import { createDeadLetters } from '../dead-letters';
import type { Batch, Frame } from '../outbox';
import type { MemoryDisk } from './memory-disk.test.helper';
import type { MemoryProcess } from './memory-process.test.helper';
import { aFrame, aSpool, pass, ROOT } from './spool.test.helper';
import type { TestSpool } from './spool.test.helper';

/** Two or three records of the usual size. */
export const segmentMaxBytes = 600;

/** What the application and the receiver know when the world ends. */
export class Ledger {
  readonly appended = new Map<string, Frame>();
  readonly settled = new Set<string>();
  readonly buried = new Map<string, Frame>();
  /** Records of these levels may have begun to give way. */
  givesWay: readonly SeverityLevel[] = [];
  readonly tests: TestSpool[] = [];
  private next = 0;

  make(level: SeverityLevel = 'high'): Frame {
    const frame = aFrame(this.next++, level, 150);
    this.appended.set(frame.id, frame);
    return frame;
  }

  /** Those that must come, whatever happened. */
  owed(): string[] {
    const isOwed = ({ id, severityLevel }: Frame) =>
      this.tests.some(({ kept }) => kept.get(id) === 'spool') &&
      !this.settled.has(id) &&
      !this.givesWay.includes(severityLevel);
    return [...this.appended.values()].filter(isOwed).map(({ id }) => id);
  }
}

/** Settles a batch, and writes it down. */
export function settleAs(
  ledger: Ledger,
  test: TestSpool,
  batch: Batch,
  settlement: 'sent' | 'refused' | 'retry',
): void {
  if (settlement !== 'retry')
    for (const { id } of batch.frames) ledger.settled.add(id);
  test.spool.settle(batch, settlement);
}

/** A life of a process with all that a spool does, after one that was killed. */
export async function live(
  disk: MemoryDisk,
  fs: MemoryProcess,
): Promise<Ledger> {
  const ledger = new Ledger();
  const options = { segmentMaxBytes, maxBytes: 4000 };
  const before = aSpool(disk.process(), { ...options, stream: 1 });
  ledger.tests.push(before);
  for (let segment = 0; segment < 3; segment++) {
    before.append(ledger.make(), ledger.make());
    await pass(10);
  }
  const early = before.spool.take(3, 1e6);
  if (early) settleAs(ledger, before, early, 'sent');
  await pass(2000);
  // It is killed, and its timers with it.
  jest.clearAllTimers();

  const test = aSpool(fs, { ...options, stream: 2 });
  const { spool } = test;
  ledger.tests.push(test);
  const letters = createDeadLetters(
    fs,
    ROOT,
    () => {},
    () => {},
  );
  void spool.start();
  test.append(ledger.make());
  await pass(10);
  test.append(ledger.make('low'), ledger.make());
  await pass(10);
  const first = spool.take(2, 1e6);
  await pass(10);
  const second = spool.take(1, 1e6);
  if (second) settleAs(ledger, test, second, 'sent');
  await pass(1500);
  if (first) settleAs(ledger, test, first, 'retry');
  await pass(10);
  const third = spool.take(1, 1e6);
  for (const frame of third?.frames ?? []) {
    const buried = letters
      .add(third!, frame, 'no')
      .then(() => ledger.buried.set(frame.id, frame));
    await pass(10);
    await (fs.hasEnded() ? undefined : buried);
    if (!fs.hasEnded()) settleAs(ledger, test, third!, 'refused');
  }
  await pass(1500);
  ledger.givesWay = ['low'];
  for (let group = 0; group < 6; group++) {
    test.append(ledger.make('low'), ledger.make('low'), ledger.make());
    await pass(10);
  }
  for (let turn = 0; turn < 8; turn++) {
    const batch = spool.take(2, 1e6);
    if (batch) settleAs(ledger, test, batch, 'sent');
    await pass(600);
  }
  void spool.close();
  await pass(10);
  void letters.close();
  await pass(10);
  return ledger;
}
