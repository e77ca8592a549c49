import { AuditUnavailableError } from './audit-unavailable-error';
import { deliveryLevels } from './delivery-level';
import type { DeliveryLevel } from './delivery-level';
import { SPOOL_WAIT_MS } from './limits';
import type { Keeping } from './outbox';
import { createReceipts } from './receipts';
import type { Receipts, Ticket } from './receipts';
import { aFrame } from './spool/spool.test.helper';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const timeoutMs = 5000;

/** What becomes of a ticket: the level, with `!` where it is less than was asked for, or the error. */
async function outcome(
  asked: { level: DeliveryLevel; strict: boolean },
  happens: (ticket: Ticket, receipts: Receipts) => void,
): Promise<string> {
  const receipts = createReceipts(timeoutMs);
  const ticket = receipts.open({ id: 'r7', sequence: 7, ...asked });
  happens(ticket, receipts);
  return Promise.race([
    ticket.promise.then(
      ({ id, level, degraded }) =>
        `${id === 'r7' ? level : id}${degraded ? '!' : ''}`,
      (error: AuditUnavailableError) => {
        expect(error).toBeInstanceOf(AuditUnavailableError);
        expect(error.id).toBe('r7');
        return error.message;
      },
    ),
    // Later than any reaction above.
    jest.advanceTimersByTimeAsync(0).then(() => 'waits'),
  ]);
}

const committed = (_: Ticket, receipts: Receipts) =>
  receipts.committed([aFrame(6), aFrame(7)]);
const pass = (ms: number) => () => {
  jest.advanceTimersByTime(ms);
};
const all =
  (...steps: ((ticket: Ticket, receipts: Receipts) => void)[]) =>
  (ticket: Ticket, receipts: Receipts) => {
    for (const step of steps) step(ticket, receipts);
  };
const queued = ({ queued: tell }: Ticket) => tell();
const onDisk = ({ reached }: Ticket) => reached('spool');
const inMemory = ({ reached }: Ticket) => reached('memory');
const lost = (ticket: Ticket) => ticket.lost('was lost');
const refused = (ticket: Ticket) => ticket.refused('was refused');
const never = (kept: Keeping) => (_: Ticket, receipts: Receipts) =>
  receipts.failed(7, 'was refused by the receiver: status 400', kept);

describe('a receipt', () => {
  it.each<
    [string, DeliveryLevel, boolean, Parameters<typeof outcome>[1], string]
  >([
    ['is given at once', 'memory', false, queued, 'memory'],
    ['is given at once, strict', 'memory', true, queued, 'memory'],
    ['waits for the disk', 'spool', false, queued, 'waits'],
    [
      'waits for the disk, strict',
      'spool',
      true,
      all(queued, pass(1000)),
      'waits',
    ],
    ['is given by the disk', 'spool', false, onDisk, 'spool'],
    ['is given by the disk, strict', 'spool', true, onDisk, 'spool'],
    ['says that the disk was away', 'spool', false, inMemory, 'memory!'],
    [
      'rejects when the disk was away',
      'spool',
      true,
      inMemory,
      'audit record r7 could not be written to the spool',
    ],
    [
      'does not wait long for a slow disk',
      'spool',
      false,
      all(queued, pass(SPOOL_WAIT_MS + 1)),
      'memory!',
    ],
    [
      'rejects when the disk is slow',
      'spool',
      true,
      all(queued, pass(timeoutMs + 1)),
      'audit record r7 was not written to the spool within 5000 ms',
    ],
    ['waits for the receiver', 'committed', false, onDisk, 'waits'],
    [
      'is given by the receiver',
      'committed',
      false,
      all(onDisk, committed),
      'committed',
    ],
    [
      'is given by the receiver, without the disk',
      'committed',
      true,
      all(inMemory, committed),
      'committed',
    ],
    [
      'says how far it came',
      'committed',
      false,
      all(queued, onDisk, pass(timeoutMs + 1)),
      'spool!',
    ],
    [
      'rejects when the receiver is away',
      'committed',
      true,
      all(queued, onDisk, pass(timeoutMs + 1)),
      'audit record r7 was not acknowledged by the receiver within 5000 ms',
    ],
    ['says that it is lost', 'spool', false, lost, 'lost!'],
    ['rejects what is lost', 'memory', true, lost, 'audit record r7 was lost'],
    [
      'rejects what is refused',
      'memory',
      false,
      refused,
      'audit record r7 was refused',
    ],
    ...deliveryLevels.map(
      (
        level,
      ): [string, DeliveryLevel, boolean, ReturnType<typeof all>, string] => [
        'has all the time that it takes to get room, and then its own',
        level,
        false,
        all(pass(2 * timeoutMs), refused),
        'audit record r7 was refused',
      ],
    ),
    [
      'is told at once that the receiver refused it, but for its dead letter',
      'committed',
      false,
      all(queued, onDisk, never('spool')),
      'spool!',
    ],
    [
      'is told at once that it gave way',
      'committed',
      false,
      all(queued, onDisk, never('lost')),
      'lost!',
    ],
    [
      'rejects with the reason of the receiver',
      'committed',
      true,
      all(queued, onDisk, never('spool')),
      'audit record r7 was refused by the receiver: status 400',
    ],
    [
      'is not asked again once it is where it should be',
      'spool',
      true,
      all(queued, onDisk, never('lost')),
      'spool',
    ],
    [
      'keeps to what came first',
      'committed',
      false,
      all(committed, lost, pass(6000)),
      'committed',
    ],
  ])('%s (%s, strict: %s)', async (_, level, strict, happens, expected) => {
    expect(await outcome({ level, strict }, happens)).toBe(expected);
  });

  it('is settled for every level in the end, whatever does not happen', async () => {
    for (const level of deliveryLevels.slice(1))
      for (const strict of [true, false])
        expect(
          await outcome({ level, strict }, all(queued, pass(timeoutMs + 1))),
        ).not.toBe('waits');
  });
});
