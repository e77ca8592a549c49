import type { AuditEvent, SeverityLevel } from 'audit-event';
import type { OverflowPolicy } from './delivery-level';
import type { Frame } from './outbox';
import { createOverflow } from './overflow';
import type { Ticket } from './receipts';
import { aFrame } from './spool/spool.test.helper';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const event = { id: 'the event' } as AuditEvent;

function anOverflow(policy: OverflowPolicy) {
  const told: string[] = [];
  let roomFor: readonly SeverityLevel[] = [];
  const overflow = createOverflow({
    policy,
    outbox: {
      append(frame, kept) {
        if (!roomFor.includes(frame.severityLevel)) return 'full';
        told.push(`append ${frame.id}`);
        kept?.('spool');
        return 'queued';
      },
    },
    noteLost: ({ sequence }, reason) =>
      told.push(`lost r${sequence}: ${reason}`),
    timeoutMs: 1000,
    maxWaitingBytes: 350,
    lastResort: { event: (one) => told.push(`stderr ${one.id}`) },
    wake: () => {},
  });
  const ticket = (id: string): Ticket => ({
    promise: Promise.reject(new Error('unused')),
    queued: () => told.push(`queued ${id}`),
    reached: (level) => told.push(`reached ${id} ${level}`),
    lost: (reason) => told.push(`lost ${id}, ${reason}`),
    refused: (reason) => told.push(`refused ${id}, ${reason}`),
  });
  return {
    told,
    overflow,
    handle: (frame: Frame) => {
      const one = ticket(frame.id);
      one.promise.catch(() => undefined);
      return overflow.handle(frame, one, event);
    },
    makeRoom: (...levels: SeverityLevel[]) => {
      roomFor = levels;
      overflow.retry();
    },
  };
}

const noted = 'lost r1: there is no room in the queue';

describe('an overflow', () => {
  it.each<[OverflowPolicy, string[]]>([
    [
      'dropLowest',
      [noted, 'lost r1, was not kept: there is no room in the queue'],
    ],
    [
      'reject',
      [noted, 'refused r1, was not kept: there is no room in the queue'],
    ],
    [
      'stderr',
      [
        'stderr the event',
        noted,
        'lost r1, was not kept: there is no room in the queue',
      ],
    ],
  ])('with the policy %s gives a record up at once', (policy, expected) => {
    const { handle, told, overflow } = anOverflow(policy);
    expect(handle(aFrame(1))).toBe('dropped');
    expect(told).toEqual(expected);
    expect(overflow.waiting()).toBe(0);
  });

  it('with the policy block waits for room, in order', () => {
    const { handle, told, overflow, makeRoom } = anOverflow('block');
    expect([handle(aFrame(1)), handle(aFrame(2))]).toEqual([
      'queued',
      'queued',
    ]);
    expect([told, overflow.waiting()]).toEqual([[], 2]);
    makeRoom('high');
    expect(told).toEqual([
      'append r1',
      'reached r1 spool',
      'queued r1',
      'append r2',
      'reached r2 spool',
      'queued r2',
    ]);
    jest.advanceTimersByTime(5000);
    expect([told.length, overflow.waiting()]).toEqual([6, 0]);
  });

  it('does not let a record wait behind one that may fill less of the room', () => {
    const { handle, told, makeRoom } = anOverflow('block');
    handle(aFrame(1, 'low'));
    handle(aFrame(2, 'high'));
    makeRoom('high');
    expect(told[0]).toBe('append r2');
  });

  it('with the policy block gives up after a time, and takes others meanwhile', () => {
    const { handle, told, overflow } = anOverflow('block');
    handle(aFrame(1));
    jest.advanceTimersByTime(1001);
    expect(told).toEqual([
      noted,
      'refused r1, was not kept: there is no room in the queue for 1000 ms',
    ]);
    expect(overflow.waiting()).toBe(0);
  });

  it('lets only so many bytes wait', () => {
    const { handle, told } = anOverflow('block');
    const frames = [1, 2, 3, 4].map((sequence) => aFrame(sequence));
    expect(frames.map(handle)).toEqual([
      'queued',
      'queued',
      'queued',
      'dropped',
    ]);
    expect(told[1]).toMatch(
      'refused r4, was not kept: there is no room in the queue, and too many wait for it',
    );
    jest.advanceTimersByTime(1001);
    expect(handle(aFrame(5))).toBe('queued');
  });

  it('does not hold back what the audit trail says of itself', () => {
    const { handle } = anOverflow('block');
    expect(handle({ ...aFrame(1), isKept: true })).toBe('dropped');
  });

  it('gives up all that waits when it is closed', () => {
    const { handle, told, overflow } = anOverflow('block');
    handle(aFrame(1));
    handle(aFrame(2));
    expect([overflow.close(), overflow.waiting(), overflow.close()]).toEqual([
      2, 0, 0,
    ]);
    expect(told).toHaveLength(4);
    jest.advanceTimersByTime(5000);
    expect(told).toHaveLength(4);
  });
});
