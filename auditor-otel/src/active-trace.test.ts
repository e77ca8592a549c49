import type * as Api from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { activeTrace, validTrace } from './active-trace';

const spanContext = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
  traceFlags: 1,
};

/** SDK 2.x runs on the first, SDK 3.x on the second; each must work without the other's classes. */
describe.each(['otel-api-1-9', '@opentelemetry/api'])(
  'activeTrace with %s',
  (name) => {
    const api = require(name) as typeof Api;
    const manager = new AsyncLocalStorageContextManager().enable();

    beforeAll(() => {
      api.context.setGlobalContextManager(manager);
    });
    afterAll(() => {
      api.context.disable();
      // A copy of another version does not register where this one has left its version.
      delete (globalThis as unknown as Record<symbol, unknown>)[
        Symbol.for('opentelemetry.js.api.1')
      ];
    });

    const withSpan = <T>(context: typeof spanContext, run: () => T): T =>
      api.context.with(
        api.trace.setSpan(api.ROOT_CONTEXT, api.trace.wrapSpanContext(context)),
        run,
      );

    it('finds the span of the active context, also after an await', async () => {
      await withSpan(spanContext, async () => {
        expect(activeTrace()).toEqual(spanContext);
        await new Promise(setImmediate);
        expect(activeTrace()).toEqual(spanContext);
      });
    });

    it('finds nothing outside of a span', () => {
      expect(activeTrace()).toBeUndefined();
    });

    it('takes no trace from a span without valid ids', () => {
      const invalid = { ...spanContext, traceId: '0'.repeat(32) };
      expect(withSpan(invalid, activeTrace)).toBeUndefined();
    });
  },
);

describe('activeTrace', () => {
  const key = Symbol.for('opentelemetry.js.api.1');
  const globals = globalThis as unknown as Record<symbol, unknown>;

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no context manager', {}],
    ['something foreign', { context: 5 }],
    [
      'a context manager that throws',
      {
        context: {
          active() {
            throw new Error('no');
          },
        },
      },
    ],
  ])('is undefined where the registry has %s', (_, registry) => {
    const before = globals[key];
    globals[key] = registry;
    try {
      expect(activeTrace()).toBeUndefined();
    } finally {
      globals[key] = before;
    }
  });
});

describe('validTrace', () => {
  it('brings ids to lower case and flags to eight bits', () => {
    const upper = { ...spanContext, traceId: 'AB'.repeat(16), traceFlags: 257 };
    expect(validTrace(upper)).toEqual({
      ...spanContext,
      traceId: 'ab'.repeat(16),
    });
  });

  it.each([
    ['short', { traceId: 'ab' }],
    ['not hexadecimal', { spanId: 'x'.repeat(16) }],
    ['absent', { spanId: undefined }],
  ])('refuses an id that is %s', (_, ids) => {
    expect(validTrace({ ...spanContext, ...ids })).toBeUndefined();
  });
});
