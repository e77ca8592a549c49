import type { AuditEvent } from 'audit-event';
import type { Request } from 'express';
import type { Access } from '../access/access';
import { createReadings } from './readings';
import type { Readings } from './readings';

const FIVE_MINUTES_MS = 5 * 60_000;
const access = { grant: { subject: 'siem' }, by: 'token' } as Access;

function aRequest(query: string): Request {
  const url = `/v2/export?${query}`;
  const get = () => undefined;
  return { method: 'GET', url, originalUrl: url, ip: '::1', get } as never;
}

describe('createReadings', () => {
  let told: AuditEvent[];
  let errors: unknown[];
  let record: (event: AuditEvent) => Promise<void>;
  let readings: Readings;
  beforeEach(() => {
    jest.useFakeTimers();
    told = [];
    errors = [];
    record = async (event) => void told.push(event);
    readings = createReadings({ record: (event) => record(event) }, (error) =>
      errors.push(error),
    );
  });
  afterEach(() => jest.useRealTimers());

  const sums = () =>
    told.map(({ status, meta }) => [status, meta['reads'], meta['rows']]);

  it('tells also of rows that come after the outcome of their operation, in the next one', async () => {
    const reading = await readings.note(aRequest('format=csv'), access);
    reading.noteRows(2_000);
    await jest.advanceTimersByTimeAsync(FIVE_MINUTES_MS);
    reading.noteRows(1_500);
    reading.noteRows(7);
    await readings.close();
    expect(sums()).toEqual([
      ['initiated', undefined, undefined],
      ['succeeded', 1, 2_000],
      ['initiated', undefined, undefined],
      ['succeeded', 0, 1_507],
    ]);
    const [first, , second, last] = told;
    expect(second!.operationId).not.toBe(first!.operationId);
    expect(last!.operationId).toBe(second!.operationId);
  });

  it('adds to the operation that the same reader has begun meanwhile', async () => {
    const long = await readings.note(aRequest('format=csv'), access);
    await jest.advanceTimersByTimeAsync(FIVE_MINUTES_MS);
    const next = await readings.note(aRequest('format=csv'), access);
    long.noteRows(3);
    next.noteRows(4);
    await readings.close();
    expect(sums().at(-1)).toEqual(['succeeded', 1, 7]);
    expect(told).toHaveLength(4);
  });

  it('counts a read whose operation gave way to others while its beginning was written', async () => {
    const written: (() => void)[] = [];
    const noted: Promise<unknown>[] = [];
    record = (event) => {
      told.push(event);
      return new Promise((resolve) => written.push(resolve));
    };
    for (let i = 0; i <= 1_000; i++)
      noted.push(readings.note(aRequest(`actor_id=${i}`), access));
    written.forEach((resolve) => resolve());
    await Promise.all(noted);
    expect(sums().at(-1)).toEqual(['succeeded', 1, 0]);
  });

  it('begins nothing for an answer without rows', async () => {
    const reading = await readings.note(aRequest('format=csv'), access);
    await jest.advanceTimersByTimeAsync(FIVE_MINUTES_MS);
    reading.noteRows(0);
    expect(told).toHaveLength(2);
  });

  it('says when the rows that came later cannot be told of', async () => {
    const reading = await readings.note(aRequest('format=csv'), access);
    await jest.advanceTimersByTimeAsync(FIVE_MINUTES_MS);
    const lost = new Error('lost');
    record = () => Promise.reject(lost);
    reading.noteRows(5);
    await jest.advanceTimersByTimeAsync(0);
    expect(errors).toEqual([lost]);
  });
});
