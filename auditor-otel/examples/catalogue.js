const { createAuditor, defineEvent, describeEvents } = require('auditor-otel');

const orderCancel = defineEvent({
  eventId: 'order-cancel',
  severityLevel: 'medium',
  actionType: 'cancel',
  description: 'An order was cancelled.',
  meta: { entityRef: 'string', refund: 'number?' },
});
const signIn = defineEvent({
  eventId: 'sign-in',
  description: 'Somebody signed in.',
});

async function main() {
  const auditor = createAuditor({
    endpoint: process.env.AUDIT_ENDPOINT, // default: http://127.0.0.1:4318
    serviceName: 'shop',
  });
  const actor = { type: 'user', id: 'user:default/john' };

  const event = await auditor.createEvent(signIn({ actor }));
  await event.success();

  const meta = { entityRef: 'order:17' }; // TypeScript refuses other meta
  await orderCancel.audit(auditor, { actor, meta }, async (running) => {
    running.addMeta({ refund: 12.5 });
  });

  await auditor.close();
  console.log(JSON.stringify(describeEvents([orderCancel, signIn])));
}

void main();
