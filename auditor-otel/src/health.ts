/** How the audit trail of this process fares. */
export interface Health {
  /** Whether records go where they should: to the spool where there is one, and to the receiver. */
  isHealthy: boolean;
  /** Where records wait for the receiver. */
  keptIn: 'spool' | 'memory';
  /** Why the spool cannot be written. */
  spoolFailure?: string | undefined;
  /** Why the receiver does not take records, while it does not. */
  deliveryFailure?: string | undefined;
}
