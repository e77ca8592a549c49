const { createAuditor, withAudit } = require('auditor-otel');

const auditor = createAuditor({
  endpoint: process.env.AUDIT_ENDPOINT, // default: http://127.0.0.1:4318
  serviceName: 'shop',
});

async function cancelOrder(id, actor) {
  const options = {
    eventId: 'order-cancel',
    severityLevel: 'medium',
    actor,
    meta: { actionType: 'cancel', entityRef: `order:${id}` },
  };
  return withAudit(auditor, options, async (event) => {
    if (id > 100) throw new RangeError(`there is no order ${id}`);
    event.addMeta({ refund: 12.5 });
    return 'cancelled';
  });
}

async function main() {
  const john = { type: 'user', id: 'user:default/john' };
  console.log(await cancelOrder(17, john));
  await cancelOrder(170, john).catch((error) => console.log(error.message));
  await auditor.close();
}

void main();
