const { expect, it } = require('@jest/globals'); // or from vitest
const { withAudit } = require('auditor-otel');
const { mockAuditor, toHaveAudited } = require('auditor-otel/testing');

expect.extend({ toHaveAudited });

async function cancelOrder(auditor, id) {
  const meta = { entityRef: `order:${id}` };
  await withAudit(auditor, { eventId: 'order-cancel', meta }, async () => {
    throw Object.assign(new Error('not yours'), { name: 'NotAllowedError' });
  });
}

it('audits who must not cancel an order', async () => {
  const auditor = mockAuditor();
  await expect(cancelOrder(auditor, 17)).rejects.toThrow('not yours');
  expect(auditor).toHaveAudited({
    eventId: 'order-cancel',
    denied: true,
    meta: { entityRef: 'order:17' },
    error: { message: expect.stringContaining('not yours') },
  });
});
