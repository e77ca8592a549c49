import { planRequest } from './plan-request';

const origin = { seed: 7, startedAt: 1_768_473_000_000_000_000n };
const requests = Array.from({ length: 40 }, (_, n) =>
  planRequest(origin, n % 8, n),
);
const records = requests.flatMap((request) => request.records);

describe('planRequest', () => {
  it('makes the same request again', () => {
    expect(planRequest(origin, 3, 17)).toEqual(planRequest(origin, 3, 17));
    expect(planRequest(origin, 3, 17)).not.toEqual(planRequest(origin, 3, 18));
  });

  it('gives every record an id of its own', () => {
    const ids = records.map(({ event }) => event.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('mixes fates, encodings, compression and sizes', () => {
    expect(new Set(records.map(({ fate }) => fate))).toEqual(
      new Set(['stored', 'excluded', 'quarantined']),
    );
    expect(new Set(requests.map(({ encoding }) => encoding))).toEqual(
      new Set(['protobuf', 'json']),
    );
    expect(new Set(requests.map((one) => one.isCompressed))).toEqual(
      new Set([true, false]),
    );
    const sizes = requests.map((request) => request.records.length);
    expect(Math.min(...sizes)).toBeLessThan(10);
    expect(Math.max(...sizes)).toBeGreaterThan(300);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(512);
  });
});
