import { EventEmitter } from 'node:events';
import { auditRequest, auditRequestError } from './audit-request';
import { fromRequest } from './express-request';
import { mockAuditor } from './mock-auditor';

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
  async function run(
    end: (response: FakeResponse, request: object) => void,
    options = {},
    thrown?: unknown,
  ) {
    const auditor = mockAuditor();
    const response = new FakeResponse();
    const its = { ...request };
    await new Promise<void>((resolve) =>
      auditRequest(auditor, { eventId: 'order-cancel', ...options })(
        its,
        response,
        () => resolve(),
      ),
    );
    if (thrown !== undefined)
      auditRequestError(thrown, its, response, () => undefined);
    end(response, its);
    await new Promise(setImmediate);
    return auditor.events;
  }
  const answer = (statusCode: number) => (response: FakeResponse) => {
    response.statusCode = statusCode;
    response.emit('finish');
    response.emit('close');
  };

  it.each([
    [200, { status: 'succeeded', error: undefined, denied: false }],
    [304, { status: 'succeeded', error: undefined, denied: false }],
    [401, { status: 'failed', denied: true }],
    [403, { status: 'failed', denied: true }],
    [
      404,
      {
        status: 'failed',
        denied: false,
        error: { type: 'HttpError', message: 'status 404' },
      },
    ],
  ])('records a response with status %i', async (statusCode, outcome) => {
    const events = await run(answer(statusCode));
    expect(events).toHaveLength(2);
    expect(events[1]).toMatchObject({ ...outcome, meta: { statusCode } });
  });

  it.each<[string, number, object, boolean]>([
    ['what was thrown', 500, { name: 'RangeError', message: 'no' }, false],
    ['a refusal that is answered as not found', 404, notAllowed(), true],
    ['a refusal of elsewhere as none of ours', 502, { status: 403 }, false],
  ])('records %s', async (_, statusCode, thrown, denied) => {
    const events = await run(answer(statusCode), {}, thrown);
    const { name = 'Error' } = thrown as { name?: string };
    expect(events[1]).toMatchObject({ denied, error: { type: name } });
  });

  it('records no error of a request that was answered well after all', async () => {
    const events = await run(answer(200), {}, new Error('retried'));
    expect(events[1]).toMatchObject({ status: 'succeeded', error: undefined });
  });

  it('records a connection that was closed before the response as failed, once', async () => {
    const events = await run((response) => {
      response.emit('close');
      response.emit('finish');
    });
    expect(events).toHaveLength(2);
    expect(events[1]).toMatchObject({
      status: 'failed',
      error: { type: 'AbortError' },
    });
  });

  it('learns who acted, and more meta, while the request is handled', async () => {
    const events = await run(
      (response, request) => {
        Object.assign(request, { session: 'user:default/john' });
        answer(200)(response);
      },
      {
        actor: ({ session }: { session?: string }) =>
          session && { id: session },
        meta: ({ session }: { session?: string }) => ({ isNew: !session }),
      },
    );
    expect(events).toMatchObject([
      { actor: { type: 'anonymous', ip: '10.0.0.1' }, meta: { isNew: true } },
      {
        actor: { type: 'user', id: 'user:default/john', ip: '10.0.0.1' },
        meta: { isNew: false },
      },
    ]);
  });

  it('asks each callback twice', async () => {
    const actor = jest.fn(() => ({ id: 'john' }));
    const meta = jest.fn(() => ({}));
    await run(answer(200), { actor, meta });
    expect([actor.mock.calls.length, meta.mock.calls.length]).toEqual([2, 2]);
  });

  it('still knows who acted when the request has forgotten', async () => {
    const events = await run(
      (response, request) => {
        Object.assign(request, { user: undefined });
        answer(200)(response);
      },
      { actor: ({ user }: { user?: string }) => user && { id: user } },
    );
    expect(events[1]).toMatchObject({ actor: { id: 'john' } });
  });

  it('audits without what a callback that throws would have said', async () => {
    const events = await run(answer(200), {
      actor() {
        throw new Error('no session');
      },
      meta() {
        throw new Error('no body');
      },
    });
    expect(events).toMatchObject([
      { status: 'initiated', actor: { ip: '10.0.0.1' }, meta: {} },
      { status: 'succeeded' },
    ]);
  });

  it('audits a request that cannot be read', async () => {
    const auditor = mockAuditor();
    const hostile = {
      headers: {},
      get ip(): never {
        throw new Error('no proxy');
      },
    };
    await new Promise<void>((resolve) =>
      auditRequest(auditor, { eventId: 'a' })(hostile, new FakeResponse(), () =>
        resolve(),
      ),
    );
    expect(auditor.events).toMatchObject([{ actor: { id: 'anonymous' } }]);
  });

  it('hands the request to the error handlers when its beginning is not recorded', async () => {
    const unavailable = new Error('disk full');
    const response = new FakeResponse();
    const told = await new Promise((resolve) =>
      auditRequest(
        { createEvent: () => Promise.reject(unavailable) },
        { eventId: 'a' },
      )(request, response, resolve),
    );
    expect(told).toBe(unavailable);
    answer(503)(response);
    // An unhandled rejection would end the process.
    await new Promise(setImmediate);
  });
});

function notAllowed(): Error {
  return Object.assign(new Error('not yours'), { name: 'NotAllowedError' });
}
