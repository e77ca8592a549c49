import { isDenied } from './is-denied';
import { mockAuditor } from './mock-auditor';

const named = (name: string) => Object.assign(new Error('no'), { name });

describe('isDenied', () => {
  it.each<[boolean, string, unknown]>([
    [true, 'NotAllowedError', named('NotAllowedError')],
    [true, 'AuthenticationError', named('AuthenticationError')],
    [true, 'ForbiddenError', named('ForbiddenError')],
    [true, 'UnauthorizedError', named('UnauthorizedError')],
    [true, 'statusCode 403', { statusCode: 403 }],
    [true, 'status 401', { status: 401 }],
    [false, 'status 404', { status: 404 }],
    [false, 'a status that is a text', { status: '403' }],
    [false, 'any other error', new TypeError('no')],
    [false, 'a text', 'NotAllowedError'],
    [false, 'nothing', undefined],
    [
      false,
      'an error that cannot be read',
      {
        get name(): never {
          throw new Error('no');
        },
      },
    ],
  ])('is %s for %s', (expected, _, error) => {
    expect(isDenied(error)).toBe(expected);
  });
});

describe('a failed event', () => {
  it.each<[boolean, string, unknown, boolean | undefined]>([
    [true, 'as its error says', named('NotAllowedError'), undefined],
    [true, 'as the caller says', 'no such role', true],
    [false, 'as the caller says', named('NotAllowedError'), false],
    [false, 'as its error says', new Error('no'), undefined],
  ])('is denied %s %s', async (expected, _, error, denied) => {
    const auditor = mockAuditor();
    const event = await auditor.createEvent({ eventId: 'a' });
    await event.fail({ error, denied });
    auditor.record({ eventId: 'a', status: 'failed', error, denied });
    const [, ...failed] = auditor.events;
    const attributes = expected
      ? { 'audit.outcome.reason': 'denied' }
      : undefined;
    expect(failed.map((one) => one.denied)).toEqual([expected, expected]);
    expect(failed.map((one) => one.otlp?.attributes)).toEqual([
      attributes,
      attributes,
    ]);
  });

  it('is told of the actor that became known since', async () => {
    const auditor = mockAuditor();
    const event = await auditor.createEvent({
      eventId: 'sign-in',
      actor: { ip: '10.0.0.1' },
    });
    await event.success({ actor: { id: 'user:default/john', ip: undefined } });
    await event.success();
    expect(auditor.events.map(({ actor }) => actor)).toMatchObject([
      { type: 'anonymous', ip: '10.0.0.1' },
      { type: 'user', id: 'user:default/john', ip: '10.0.0.1' },
      { type: 'anonymous', id: 'anonymous' },
    ]);
  });
});
