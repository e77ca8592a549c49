import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditor } from 'auditor-otel';
import type { CreateEventOptions } from 'auditor-otel';
import type { Contender } from '../contender';

/** Our own auditor as it is by default: with a spool on the disk. */
export function ours(endpoint: string): Contender<CreateEventOptions> {
  const directory = mkdtempSync(join(tmpdir(), 'otel-audit-bench-'));
  const auditor = createAuditor({
    endpoint,
    serviceName: 'bench',
    spool: { directory },
  });
  return {
    prepare: ({ plugin, eventId, severityLevel, actor, request, meta }) => ({
      pluginId: plugin,
      eventId,
      severityLevel: severityLevel as CreateEventOptions['severityLevel'],
      actor: {
        ...(actor.actorId !== undefined && { id: actor.actorId }),
        ip: actor.ip,
        userAgent: actor.userAgent,
      },
      request: request && { ...request, host: actor.hostname },
      meta,
    }),
    createEvent: (options) => auditor.createEvent(options),
    async close() {
      await auditor.close();
      rmSync(directory, { recursive: true });
      const { emitted, sent } = auditor.stats();
      if (emitted !== sent)
        throw new Error(`expected all ${emitted} records sent, got ${sent}`);
    },
  };
}
