/**
 * An audit record could not be kept as the caller asked for, so what it audits should not go on, or has gone on without
 * its record.
 *
 * @example
 * try {
 *   event = await auditor.createEvent({ eventId: 'key-export', severityLevel: 'critical', strict: true });
 * } catch (error) {
 *   if (error instanceof AuditUnavailableError) return res.status(503).send('not while it cannot be audited');
 * }
 */
export class AuditUnavailableError extends Error {
  override readonly name = 'AuditUnavailableError';
  /** The id of the event. */
  readonly id: string;

  constructor(id: string, reason: string) {
    super(`audit record ${id} ${reason}`);
    this.id = id;
  }
}
