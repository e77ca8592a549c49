import { createFailureLimit, FREE_FAILURES } from './failure-limit';

describe('createFailureLimit', () => {
  let ms: number;
  let limit: ReturnType<typeof createFailureLimit>;
  beforeEach(() => {
    ms = 1_000;
    limit = createFailureLimit(() => ms);
  });
  const fail = (address: string, times: number) => {
    for (let i = 0; i < times; i++) limit.failed(address);
  };

  it('lets an address fail some times, and no more', () => {
    fail('10.0.0.1', FREE_FAILURES - 1);
    expect(limit.waitS('10.0.0.1')).toBe(0);
    fail('10.0.0.1', 1);
    expect(limit.waitS('10.0.0.1')).toBeGreaterThan(0);
    expect(limit.waitS('10.0.0.2')).toBe(0);
  });

  it('lets it try again after as long as it said', () => {
    fail('10.0.0.1', FREE_FAILURES + 4);
    ms += limit.waitS('10.0.0.1') * 1_000 - 1;
    expect(limit.waitS('10.0.0.1')).toBe(1);
    ms += 1;
    expect(limit.waitS('10.0.0.1')).toBe(0);
    fail('10.0.0.1', 1);
    expect(limit.waitS('10.0.0.1')).toBeGreaterThan(0);
  });

  it('forgives one failure at a time', () => {
    fail('10.0.0.1', FREE_FAILURES + 1);
    limit.forgive('10.0.0.1');
    expect(limit.waitS('10.0.0.1')).toBeGreaterThan(0);
    limit.forgive('10.0.0.1');
    expect(limit.waitS('10.0.0.1')).toBe(0);
    limit.forgive('10.0.0.2');
    fail('10.0.0.2', FREE_FAILURES);
    expect(limit.waitS('10.0.0.2')).toBeGreaterThan(0);
  });

  it.each([
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['2001:db8:0:1::1', '2001:db8:0:1:ffff:ffff:ffff:ffff'],
    ['2001:db8::', '2001:db8:0:0:1::'],
    ['fe80::1%eth0', 'fe80::2'],
    ['::1', '::2'],
  ])('counts %s and %s together', (one, other) => {
    fail(one, FREE_FAILURES);
    expect(limit.waitS(other)).toBeGreaterThan(0);
  });

  it.each([
    ['2001:db8:0:1::1', '2001:db8:0:2::1'],
    ['2001:db8:1::', '2001:db8:2::'],
  ])('counts %s and %s apart', (one, other) => {
    fail(one, FREE_FAILURES);
    expect(limit.waitS(other)).toBe(0);
  });

  it('forgets who failed longest ago when there are too many', () => {
    fail('first', FREE_FAILURES);
    for (let i = 0; i < 10_000; i++) limit.failed(`address ${i}`);
    expect(limit.waitS('first')).toBe(0);
  });
});
