import { createAuditor } from 'auditor-otel';
import type { MakeSubject } from './subject';

/** Our auditor as it is by default, but that each event is one record, so that rates can be compared. */
export const auditorSubject: MakeSubject = ({ url, directory }) => {
  const auditor = createAuditor({
    endpoint: url,
    serviceName: 'bench',
    spool: { directory },
    initiated: [],
    onDiagnostic: () => undefined,
  });
  return {
    async begin(n) {
      const event = await auditor.createEvent({
        eventId: 'order-cancel',
        severityLevel: 'medium',
        actor: { type: 'user', id: `user:default/person-${n % 5_000}` },
        request: { method: 'POST', path: `/api/orders/${n}/cancel` },
        meta: { actionType: 'cancel', entityRef: `order:${n}`, n },
      });
      return () => event.success();
    },
    close: () => auditor.close(),
  };
};
