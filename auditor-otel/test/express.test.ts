import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { auditRequest, auditRequestError } from 'auditor-otel';
import { mockAuditor } from 'auditor-otel/testing';
import type { AuditedEvent, MockAuditor } from 'auditor-otel/testing';
import type express from 'express';

const express4 = require.resolve('express', {
  paths: [require.resolve('@backstage/plugin-auth-node')],
});

/** What authentication adds to a request. */
interface SignedIn {
  user?: string;
}

class NotAllowedError extends Error {
  override name = 'NotAllowedError';
}

function appOf(create: typeof express, auditor: MockAuditor) {
  const app = create();
  const answers: unknown[] = [];
  app.use(
    auditRequest<express.Request & SignedIn>(auditor, {
      eventId: 'request',
      actor: ({ user }) => (user ? { id: `user:${user}` } : undefined),
      meta: ({ body }) => ({ body: body as unknown }),
    }),
  );
  app.use((request: express.Request & SignedIn, _response, next) => {
    if (request.headers.authorization) request.user = 'john';
    next();
  });
  app.use(create.json());
  app.post('/echo', (request, response) => void response.json(request.body));
  app.get('/throws', () => {
    throw new RangeError('too late');
  });
  app.get('/forbidden', () => {
    throw Object.assign(new NotAllowedError('not yours'), { status: 403 });
  });
  app.get('/unauthorized', (_request, response) => {
    response.sendStatus(401);
  });
  app.get('/slow', (_request, response) => {
    response.on('close', () => answers.push(response.json({ late: true })));
  });
  app.use(auditRequestError);
  const quiet: express.ErrorRequestHandler = (error, _, response, next) => {
    if (response.headersSent) next(error);
    else response.sendStatus((error as { status?: number }).status ?? 500);
  };
  app.use(quiet);
  return { app, answers };
}

describe.each([
  ['4', express4],
  ['5', require.resolve('express')],
])('auditRequest in Express %s', (major, path) => {
  const auditor = mockAuditor();
  const { app, answers } = appOf(require(path) as typeof express, auditor);
  let server: Server;
  let port: number;

  beforeAll(async () => {
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  beforeEach(() => auditor.clear());
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  async function outcome(): Promise<AuditedEvent | undefined> {
    while (auditor.events.length < 2) await new Promise(setImmediate);
    return auditor.events[1];
  }

  it('is of the version that it says', () => {
    const { version } = require(
      require.resolve('express/package.json', { paths: [path] }),
    ) as { version: string };
    expect(version.split('.')[0]).toBe(major);
  });

  it('knows actor and body in the outcome, and leaves the body to be read', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/echo?token=abc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'a' },
      body: '{"order":17}',
    });
    expect(await response.json()).toEqual({ order: 17 });
    expect(await outcome()).toMatchObject({
      status: 'succeeded',
      actor: { type: 'user', id: 'user:john', ip: '127.0.0.1' },
      request: { method: 'POST', path: '/echo', query: 'token=REDACTED' },
      meta: { body: { order: 17 }, statusCode: 200 },
    });
    expect(auditor.events[0]).toMatchObject({ actor: { id: 'anonymous' } });
  });

  it.each<[string, object]>([
    [
      'throws',
      {
        denied: false,
        error: { type: 'RangeError', message: 'too late' },
        meta: { statusCode: 500 },
      },
    ],
    [
      'forbidden',
      {
        denied: true,
        error: { type: 'NotAllowedError', message: 'not yours' },
        meta: { statusCode: 403 },
      },
    ],
    ['unauthorized', { denied: true, error: { message: 'status 401' } }],
    ['missing', { denied: false, error: { message: 'status 404' } }],
  ])('records what became of /%s', async (path, expected) => {
    await fetch(`http://127.0.0.1:${port}/${path}`);
    expect(await outcome()).toMatchObject({ status: 'failed', ...expected });
  });

  it('records a client that went away, once, whatever is answered later', async () => {
    const client = connect(port, '127.0.0.1');
    client.write('GET /slow HTTP/1.1\r\nhost: a\r\n\r\n');
    while (auditor.events.length < 1) await new Promise(setImmediate);
    client.destroy();
    expect(await outcome()).toMatchObject({ error: { type: 'AbortError' } });
    while (answers.length === 0) await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(auditor.events).toHaveLength(2);
  });
});
