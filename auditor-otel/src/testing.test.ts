import { mockAuditor, toHaveAudited } from './testing';

expect.extend({ toHaveAudited });

async function auditor() {
  const auditor = mockAuditor({ serviceName: 'shop', redactMeta: ['pin'] });
  const event = await auditor.createEvent({
    eventId: 'order-cancel',
    severityLevel: 'medium',
    actor: { id: 'user:default/john' },
    request: { method: 'POST', url: '/orders?token=abc' },
    meta: { entityRef: 'order:17', pin: 1234, tags: ['a', 'b'] },
  });
  await event.fail({ error: new RangeError('too late for password=x') });
  return auditor;
}

/** What an expectation that does not hold says. */
function messageOf(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation held');
}

describe('mockAuditor', () => {
  it('has what would have been recorded, cleaned and redacted', async () => {
    const { events } = await auditor();
    expect(events.map(({ status }) => status)).toEqual(['initiated', 'failed']);
    expect(events[1]).toMatchObject({
      pluginId: 'shop',
      request: { path: '/orders', query: 'token=REDACTED' },
      entityRef: 'order:17',
      meta: { entityRef: 'order:17', pin: 'REDACTED' },
      error: { type: 'RangeError', message: 'too late for password=REDACTED' },
      denied: false,
    });
    expect(events[0]?.operationId).toBe(events[1]?.operationId);
  });

  it('leaves out a beginning that is not sent, counts, and forgets', async () => {
    const auditor = mockAuditor({ initiated: [] });
    await auditor.createEvent({ eventId: 'a' });
    expect(auditor.record({ eventId: 'a', status: 'succeeded' })).toMatchObject(
      { id: auditor.events[0]?.id },
    );
    expect(auditor.stats()).toMatchObject({ emitted: 1, sent: 1 });
    expect(await auditor.flush()).toEqual({ status: 'sent' });
    expect(auditor.events).toHaveLength(1);
    auditor.clear();
    expect(auditor.events).toHaveLength(0);
    expect(await auditor.close()).toEqual({ status: 'sent' });
  });

  it('listens to nothing of the process', () => {
    const count = () =>
      process.listenerCount('exit') + process.listenerCount('beforeExit');
    const before = count();
    for (let i = 0; i < 20; i++) mockAuditor();
    expect(count()).toBe(before);
  });

  it('refuses a wrong setting as the real one does', () => {
    expect(() => mockAuditor({ redactMeta: ['a..b'] })).toThrow(
      /^cannot start: createAuditor option redactMeta/,
    );
  });
});

describe('toHaveAudited', () => {
  it('finds an event by any part of it', async () => {
    const audited = await auditor();
    expect(audited).toHaveAudited({ eventId: 'order-cancel' });
    expect(audited).toHaveAudited({
      eventId: expect.stringContaining('cancel'),
      status: 'failed',
      actor: { id: 'user:default/john' },
      error: { message: expect.stringMatching(/^too late/) },
      meta: { entityRef: 'order:17', tags: ['a', expect.any(String)] },
    });
    expect(audited).toHaveAudited(expect.objectContaining({ denied: false }));
    expect(audited).not.toHaveAudited({ status: 'succeeded' });
    expect(audited).not.toHaveAudited({ meta: { tags: ['a'] } });
    expect(audited).not.toHaveAudited({ meta: { entityRef: { a: 1 } } });
    expect(audited).not.toHaveAudited({
      meta: { toString: expect.anything() },
    });
  });

  it('knows the names of an event', async () => {
    const audited = await auditor();
    // @ts-expect-error: misspelt
    expect(audited).not.toHaveAudited({ eventID: 'order-cancel' });
  });

  it('lists what was audited, and why it was not that', async () => {
    const audited = await auditor();
    const message = messageOf(() =>
      expect(audited).toHaveAudited({
        status: 'failed',
        meta: { entityRef: 'order:18' },
      }),
    );
    expect(message).toBe(
      [
        'expected an audited event with',
        '  {"meta": {"entityRef": "order:18"}, "status": "failed"}',
        'but 2 were audited:',
        "  1. shop.order-cancel initiated by user:default/john, meta { pin: 'REDACTED', tags: [ 'a', 'b' ], entityRef: 'order:17' }  (status is \"initiated\")",
        "  2. shop.order-cancel failed by user:default/john, meta { pin: 'REDACTED', tags: [ 'a', 'b' ], entityRef: 'order:17' }, RangeError: too late for password=REDACTED  (meta.entityRef is \"order:17\")",
      ].join('\n'),
    );
  });

  it('says which event there should not be', async () => {
    const audited = await auditor();
    const message = messageOf(() =>
      expect(audited).not.toHaveAudited({ status: 'failed' }),
    );
    expect(message).toContain('expected no audited event with');
    expect(message).toContain('too late for password=REDACTED  (this one)');
  });

  it('says that nothing was audited, and cuts long lists', () => {
    const audited = mockAuditor();
    const expectation = () => expect(audited).toHaveAudited({ eventId: 'a' });
    expect(messageOf(expectation)).toContain('but nothing was audited');
    for (let i = 0; i < 25; i++)
      audited.record({ eventId: `b${i}`, status: 'succeeded' });
    expect(messageOf(expectation)).toContain('  and 5 more');
  });

  it('works without a test runner', () => {
    const result = toHaveAudited(mockAuditor(), { eventId: 'a' });
    expect(result.pass).toBe(false);
    expect(result.message()).toContain("{ eventId: 'a' }");
  });

  it('refuses what is no mock auditor', () => {
    expect(() => toHaveAudited({} as never, {})).toThrow(
      'toHaveAudited expects what mockAuditor returns, got {}',
    );
  });
});
