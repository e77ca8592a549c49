import type { ExpectedEvent } from './to-have-audited';

export { mockAuditor } from './mock-auditor';
export type { AuditedEvent, MockAuditor } from './mock-auditor';
export { toHaveAudited } from './to-have-audited';
export type { ExpectedEvent } from './to-have-audited';

/** What `expect.extend({ toHaveAudited })` adds to an expectation. */
export interface AuditMatchers<Result> {
  /** Whether a mock auditor has an event with these parts. */
  toHaveAudited(expected: ExpectedEvent): Result;
}

declare global {
  // Both @types/jest and vitest take matchers from here; without them it is a type that nobody uses.
  namespace jest {
    // The parameters have to be the same as those of @types/jest and vitest.
    interface Matchers<R, T = {}> extends AuditMatchers<R> {}
  }
}
