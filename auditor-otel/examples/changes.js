const { changes, createAuditor } = require('auditor-otel');

async function main() {
  const auditor = createAuditor({
    endpoint: process.env.AUDIT_ENDPOINT, // default: http://127.0.0.1:4318
    serviceName: 'shop',
    redactMeta: ['user.email', '**.pin'],
  });
  const before = { user: { email: 'a@example.com' }, tags: ['new'], pin: 1 };
  const after = { user: { email: 'b@example.com' }, tags: ['new', 'vip'] };

  const event = await auditor.createEvent({ eventId: 'customer-update' });
  await event.success({ meta: { ...changes(before, after) } });
  await auditor.close();
}

void main();
