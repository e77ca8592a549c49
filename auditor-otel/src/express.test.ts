import { EventEmitter } from 'node:events';
import type { CreateEventOptions } from './create-auditor';
import { auditRequest, fromRequest } from './express';

const request = {
  method: 'DELETE',
  originalUrl: '/orders/17?token=abc',
  url: '/17?token=abc',
  ip: '10.0.0.1',
  headers: { 'user-agent': 'curl/8', host: 'shop.example.com' },
  user: 'john',
};

class FakeResponse extends EventEmitter {
  statusCode = 200;
}

/** An auditor that writes down its calls. */
const kept = { id: '1', level: 'memory', degraded: false } as const;

function recordingAuditor() {
  const calls: unknown[] = [];
  return {
    calls,
    async createEvent(options: CreateEventOptions) {
      calls.push(['initiated', options]);
      return {
        async success(end?: object) {
          calls.push(['succeeded', end]);
          return kept;
        },
        async fail(end: object) {
          calls.push(['failed', end]);
          return kept;
        },
      };
    },
  };
}

describe('fromRequest', () => {
  it('reads the actor from the callback, the rest from the request', () => {
    const event = fromRequest(request, ({ user }) => ({ id: `user:${user}` }));
    expect(event).toEqual({
      actor: { id: 'user:john', ip: '10.0.0.1', userAgent: 'curl/8' },
      request: {
        method: 'DELETE',
        url: '/orders/17?token=abc',
        host: 'shop.example.com',
      },
    });
  });

  it('takes url where there is no originalUrl, and the first of several headers', () => {
    const plain = { url: '/a', headers: { host: ['a', 'b'] } };
    expect(fromRequest(plain)).toEqual({
      actor: { ip: undefined, userAgent: undefined },
      request: { method: undefined, url: '/a', host: 'a' },
    });
  });
});

describe('auditRequest', () => {
  async function run(end: (response: FakeResponse) => void, options = {}) {
    const auditor = recordingAuditor();
    const response = new FakeResponse();
    let passed = 0;
    auditRequest(auditor, { eventId: 'order-cancel', ...options })(
      request,
      response,
      () => passed++,
    );
    expect(passed).toBe(1);
    end(response);
    await new Promise(setImmediate);
    return auditor.calls;
  }

  it.each([
    [200, ['succeeded', { meta: { statusCode: 200 } }]],
    [304, ['succeeded', { meta: { statusCode: 304 } }]],
    [
      404,
      [
        'failed',
        {
          error: { name: 'HttpError', message: 'status 404' },
          meta: { statusCode: 404 },
        },
      ],
    ],
  ])('records a response with status %i', async (statusCode, outcome) => {
    const calls = await run((response) => {
      response.statusCode = statusCode;
      response.emit('finish');
      response.emit('close');
    });
    expect(calls).toHaveLength(2);
    expect(calls[1]).toEqual(outcome);
  });

  it('records a connection that was closed before the response as failed', async () => {
    const calls = await run((response) => response.emit('close'));
    expect(calls[1]).toMatchObject([
      'failed',
      { error: { name: 'AbortError' } },
    ]);
  });

  it('audits without what a callback that throws would have said', async () => {
    const calls = await run((response) => response.emit('finish'), {
      actor() {
        throw new Error('no session');
      },
      meta() {
        throw new Error('no body');
      },
    });
    expect(calls).toMatchObject([
      ['initiated', { actor: { ip: '10.0.0.1' }, meta: undefined }],
      ['succeeded', {}],
    ]);
  });
});
