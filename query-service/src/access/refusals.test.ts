import type { AuditEvent } from 'audit-event';
import type { Request } from 'express';
import { HttpError } from '../http-error';
import { personGrant } from '../sign-in/person-grant';
import type { Access } from './access';
import { createRefusals } from './refusals';
import type { Refusals } from './refusals';

const MAX_WINDOWS = 1_000;

function aRequest(ip: string): Request {
  const url = '/api/session';
  const get = () => undefined;
  return { method: 'POST', url, originalUrl: url, ip, get } as never;
}

describe('createRefusals', () => {
  let told: AuditEvent[];
  let refusals: Refusals;
  beforeEach(() => {
    told = [];
    const record = async (event: AuditEvent) => void told.push(event);
    refusals = createRefusals({ record }, () => undefined);
  });
  const note = (
    ip: string,
    name: ConstructorParameters<typeof HttpError>[0],
    message: string,
  ) => refusals.note(aRequest(ip), undefined, new HttpError(name, message));
  const times = () => told.map(({ meta }) => meta['times']);

  it('tells of the first at once, and of how many more at the end', async () => {
    for (let i = 0; i < 5; i++)
      note('192.0.2.7', 'AuthenticationError', 'Illegal token');
    expect(times()).toEqual([1]);
    await refusals.close();
    expect(times()).toEqual([1, 4]);
  });

  it.each([
    'InputError',
    'UnsupportedMediaTypeError',
    'ServiceUnavailableError',
  ] as const)('does not tell of %s: nobody was kept out', (name) => {
    note('192.0.2.7', name, 'whatever the sender wrote');
    expect(told).toEqual([]);
  });

  it.each([
    [
      'the addresses of one IPv6 network',
      'AuthenticationError',
      (i: number) => [`2001:db8::${i}`, 'Illegal token'],
    ],
    [
      'however long they are to wait',
      'TooManyRequestsError',
      (i: number) => ['192.0.2.7', `try again in ${i} seconds`],
    ],
    [
      'whatever they say of themselves',
      'NotAllowedError',
      (i: number) => ['192.0.2.7', `the provider answered ${i}`],
    ],
  ] as const)('counts as one: %s', async (_, name, refused) => {
    for (let i = 1; i <= 50; i++) {
      const [ip, message] = refused(i);
      note(ip!, name, message!);
    }
    await refusals.close();
    expect(times()).toEqual([1, 49]);
  });

  it('counts together what comes from more networks than it can tell of', async () => {
    for (let i = 0; i < MAX_WINDOWS + 500; i++)
      note(
        `2001:db8:0:${i.toString(16)}::1`,
        'AuthenticationError',
        'Illegal token',
      );
    expect(told).toHaveLength(MAX_WINDOWS);
    await refusals.close();
    expect(told).toHaveLength(MAX_WINDOWS + 1);
    expect(told.at(-1)).toMatchObject({
      actor: { type: 'anonymous', id: 'anonymous' },
      error: {
        message: 'Others were refused, from too many addresses to tell of each',
      },
      meta: { times: 500 },
    });
    expect(told.at(-1)!.actor.ip).toBeUndefined();
  });

  it('tells of whom it knows by name, however many strangers there are', async () => {
    for (let i = 0; i < MAX_WINDOWS; i++)
      note(
        `2001:db8:0:${i.toString(16)}::1`,
        'AuthenticationError',
        'Illegal token',
      );
    const access: Access = {
      grant: personGrant('jane@example.com', []),
      by: 'session',
    };
    const error = new HttpError('NotAllowedError', 'Unauthorized');
    for (let i = 0; i < 3; i++)
      refusals.note(aRequest('192.0.2.7'), access, error);
    await refusals.close();
    const ofJane = told.filter(({ actor }) => actor.id === 'jane@example.com');
    expect(ofJane.map(({ meta }) => meta['times'])).toEqual([1, 2]);
  });
});
