/** The instrumentation scope of every record. */
export const SCOPE_NAME = 'auditor-otel';

/** The version of this package. */
export const VERSION = '0.1.0';
