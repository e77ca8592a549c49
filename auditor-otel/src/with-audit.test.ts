import { mockAuditor } from './mock-auditor';
import { withAudit } from './with-audit';

const cancel = { eventId: 'order-cancel', meta: { order: 17 } };

/** As a strict auditor whose spool cannot be written. */
class AuditUnavailableError extends Error {
  override name = 'AuditUnavailableError';
}

/** An auditor whose outcomes cannot be recorded. */
function failingAuditor(error: Error) {
  return {
    createEvent: async () => ({
      success: () => Promise.reject(error),
      fail: () => Promise.reject(error),
    }),
  };
}

describe('withAudit', () => {
  it.each<[string, () => unknown]>([
    ['a value', () => 5],
    ['a promise', async () => 5],
  ])('passes %s on, and records the success', async (_, run) => {
    const auditor = mockAuditor();
    expect(
      await withAudit(auditor, cancel, (event) => {
        event.addMeta({ refund: 1 });
        event.addMeta({ refund: 2, at: new Date(0) });
        return run();
      }),
    ).toBe(5);
    const meta = { order: 17, refund: 2, at: '1970-01-01T00:00:00.000Z' };
    expect(auditor.events).toMatchObject([
      { status: 'initiated', meta: { order: 17 } },
      { status: 'succeeded', meta },
    ]);
  });

  it.each<[string, (error: Error) => unknown]>([
    [
      'throws',
      (error) => {
        throw error;
      },
    ],
    ['rejects', (error) => Promise.reject(error)],
  ])(
    'lets the error through when the function %s, and records it',
    async (_, run) => {
      const auditor = mockAuditor();
      const error = new RangeError('too late');
      await expect(
        withAudit(auditor, cancel, (event) => {
          event.addMeta({ step: 'refund' });
          return run(error);
        }),
      ).rejects.toBe(error);
      expect(auditor.events[1]).toMatchObject({
        status: 'failed',
        error: { type: 'RangeError', message: 'too late' },
        meta: { order: 17, step: 'refund' },
      });
    },
  );

  it('outlives meta that cannot be read', async () => {
    const auditor = mockAuditor();
    const hostile = {
      get bad(): never {
        throw new Error('no');
      },
    };
    await withAudit(auditor, cancel, (event) => event.addMeta(hostile));
    expect(auditor.events[1]?.meta).toMatchObject({ bad: '[unreadable]' });
  });

  it('never runs the function when the beginning is not recorded', async () => {
    const unavailable = new AuditUnavailableError('disk full');
    const auditor = { createEvent: () => Promise.reject(unavailable) };
    let runs = 0;
    await expect(withAudit(auditor, cancel, () => ++runs)).rejects.toBe(
      unavailable,
    );
    expect(runs).toBe(0);
  });

  it('gives the result although the outcome is not recorded', async () => {
    const auditor = failingAuditor(new Error('no sink'));
    expect(await withAudit(auditor, cancel, () => 5)).toBe(5);
    await expect(
      withAudit(auditor, cancel, () => Promise.reject(new RangeError())),
    ).rejects.toThrow(RangeError);
  });

  it('says so instead when the auditor is strict', async () => {
    const unavailable = new AuditUnavailableError('disk full');
    const auditor = failingAuditor(unavailable);
    await expect(withAudit(auditor, cancel, () => 5)).rejects.toBe(unavailable);
    const error = new RangeError('too late');
    await expect(
      withAudit(auditor, cancel, () => Promise.reject(error)),
    ).rejects.toBe(unavailable);
    expect(unavailable).toMatchObject({ actionError: error });
  });
});
