import { createAuditor } from 'auditor-otel';
import type { CreateEventOptions } from 'auditor-otel';
import type { Contender } from '../contender';

/** Our own auditor as it is by default. */
export function ours(endpoint: string): Contender<CreateEventOptions> {
  const auditor = createAuditor({ endpoint, serviceName: 'bench' });
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
      const { emitted, sent } = auditor.stats();
      if (emitted !== sent)
        throw new Error(`expected all ${emitted} records sent, got ${sent}`);
    },
  };
}
