/** Whether a request would be committed now, and the commit would last. */
export type Readiness =
  | { status: 'ready' }
  /** Commits fail at the moment. Requests are taken all the same: the first that succeeds is the first sign of recovery. */
  | { status: 'failing'; reason: string }
  /** A commit might not last, so requests are refused. */
  | { status: 'unsafe'; reason: string };
