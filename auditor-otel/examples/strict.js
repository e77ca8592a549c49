const { AuditUnavailableError, createAuditor } = require('auditor-otel');

const auditor = createAuditor({
  endpoint: process.env.AUDIT_ENDPOINT, // default: http://127.0.0.1:4318
  serviceName: 'vault',
});

async function exportKey(key) {
  try {
    // Resolves once the receiver has committed that it begins.
    const event = await auditor.createEvent({
      eventId: 'key-export',
      severityLevel: 'critical',
      level: 'committed',
      strict: true,
      meta: { entityRef: `key:${key}` },
    });
    const { level } = await event.success();
    return `exported, ${level}`;
  } catch (error) {
    if (!(error instanceof AuditUnavailableError)) throw error;
    return 'not while it cannot be audited';
  }
}

async function main() {
  console.log(await exportKey('release'));
  await auditor.close();
}

void main();
