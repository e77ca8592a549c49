/** The name of the error with which a strict auditor rejects what it could not record. */
const UNAVAILABLE = 'AuditUnavailableError';

/** Whether an error is that of a strict auditor. By name, because an application may have several copies of this package. */
export function isUnavailable(error: unknown): error is Error {
  return (error as Error | undefined | null)?.name === UNAVAILABLE;
}
