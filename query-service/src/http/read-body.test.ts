import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { databaseError } from '../database-error';
import { bodySchema, readJson } from './read-body';

function aRequest(): IncomingMessage {
  const body = new Readable({ read() {} });
  const headers = { 'content-type': 'application/json' };
  return Object.assign(body, { headers }) as IncomingMessage;
}

describe('readJson', () => {
  it('reads a body that comes in pieces', async () => {
    const req = aRequest();
    const reading = readJson(req, bodySchema({ token: {} }));
    for (const piece of ['{"tok', 'en":1}', null]) req.push(piece);
    expect(await reading).toEqual({ token: 1 });
  });

  // Node destroys a request with this error when its client goes.
  it('tells a body that broke off from a database that did', async () => {
    const req = aRequest();
    const reading = readJson(req, bodySchema({ token: {} })).catch(
      (error: unknown) => error,
    );
    req.push('{"tok');
    req.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    const error = await reading;
    expect(error).toMatchObject({
      name: 'InputError',
      message: 'The body broke off',
    });
    expect(databaseError(error)).toBeUndefined();
  });
});
