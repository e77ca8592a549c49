import { inspect } from 'node:util';
import { mismatch } from './mismatch';
import type { AuditedEvent, MockAuditor } from './mock-auditor';

/** A part of an event. Everywhere in it may stand what a test runner has for values, such as `expect.any(String)`. */
export type ExpectedEvent = {
  [Field in keyof AuditedEvent]?: AuditedEvent[Field] extends string | boolean
    ? AuditedEvent[Field] | object
    : Expected<AuditedEvent[Field]>;
};

type Expected<Value> =
  | (Value extends object ? { [Key in keyof Value]?: unknown } : Value)
  | object
  | undefined;

/** What of a test runner's `this` a matcher uses; jest and vitest both have it. */
interface MatcherContext {
  isNot?: boolean | undefined;
  utils?: { stringify?: ((value: unknown) => string) | undefined } | undefined;
}

/** How many events a message lists. */
const LISTED_EVENTS = 20;

/**
 * A matcher for jest and vitest: whether a mock auditor has an event with these parts.
 *
 * @example
 * expect.extend({ toHaveAudited });
 * expect(auditor).toHaveAudited({ eventId: 'order-cancel', status: 'succeeded', meta: { entityRef: 'order:17' } });
 */
export function toHaveAudited(
  this: MatcherContext | void,
  auditor: Pick<MockAuditor, 'events'>,
  expected: ExpectedEvent,
): { pass: boolean; message: () => string } {
  const { events } = auditor;
  if (!Array.isArray(events))
    throw new Error(
      `toHaveAudited expects what mockAuditor returns, got ${inspect(auditor, { depth: 0 })}`,
    );
  const show = this?.utils?.stringify ?? inspect;
  const found = events.map((event: AuditedEvent) => ({
    event,
    why: mismatch(expected, event, show),
  }));
  const pass = found.some(({ why }) => why === undefined);
  return {
    pass,
    message: () =>
      [
        `expected ${pass ? 'no' : 'an'} audited event with`,
        `  ${show(expected).replaceAll('\n', '\n  ')}`,
        events.length === 0
          ? 'but nothing was audited'
          : `but ${events.length} were audited:`,
        ...found
          .slice(0, LISTED_EVENTS)
          .map(
            ({ event, why }, i) =>
              `  ${i + 1}. ${line(event)}  (${why ?? 'this one'})`,
          ),
        ...(found.length > LISTED_EVENTS
          ? [`  and ${found.length - LISTED_EVENTS} more`]
          : []),
      ].join('\n'),
  };
}

function line(event: AuditedEvent): string {
  const { pluginId, eventId, status, denied, actor, meta, error } = event;
  const outcome = denied ? 'denied' : status;
  const reason = error ? `, ${error.type}: ${error.message ?? ''}` : '';
  const shown = inspect({ ...meta }, { breakLength: Infinity, depth: 4 });
  return `${pluginId}.${eventId} ${outcome} by ${actor.id}, meta ${shown}${reason}`;
}
