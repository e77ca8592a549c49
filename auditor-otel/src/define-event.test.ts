import { defineEvent } from './define-event';
import { describeEvents } from './describe-events';
import { mockAuditor } from './mock-auditor';

const orderCancel = defineEvent({
  eventId: 'order-cancel',
  severityLevel: 'medium',
  pluginId: 'orders',
  actionType: 'cancel',
  description: 'An order was cancelled.',
  meta: {
    entityRef: { type: 'string', description: 'The order.' },
    refund: 'number?',
    at: 'date?',
  },
});
const signIn = defineEvent({ eventId: 'sign-in' });

describe('defineEvent', () => {
  it('gives createEvent what is the same each time, and what is not', async () => {
    const auditor = mockAuditor();
    const event = await auditor.createEvent(
      orderCancel({
        actor: { id: 'user:default/john' },
        meta: { entityRef: 'order:17' },
      }),
    );
    await event.success({ meta: { refund: 5 } });
    await auditor.createEvent(signIn());
    expect(auditor.events).toMatchObject([
      { status: 'initiated' },
      {
        pluginId: 'orders',
        eventId: 'order-cancel',
        severityLevel: 'medium',
        actionType: 'cancel',
        entityRef: 'order:17',
        actor: { id: 'user:default/john' },
        meta: { refund: 5 },
      },
      { pluginId: 'unknown_service:node', eventId: 'sign-in' },
    ]);
  });

  it('lets an occurrence have another severity, but not another event', () => {
    const occurrence = { severityLevel: 'low', eventId: 'other' } as const;
    expect(signIn(occurrence)).toMatchObject({
      severityLevel: 'low',
      eventId: 'sign-in',
    });
  });

  it('runs a function as an occurrence', async () => {
    const auditor = mockAuditor();
    const refund = await orderCancel.audit(
      auditor,
      { meta: { entityRef: 'order:17' } },
      (event) => {
        event.addMeta({ refund: 12 });
        return 12;
      },
    );
    expect(refund).toBe(12);
    expect(auditor.events[1]).toMatchObject({
      status: 'succeeded',
      meta: { refund: 12, entityRef: 'order:17', actionType: 'cancel' },
    });
  });

  it('checks meta when it is compiled', () => {
    const auditor = mockAuditor();
    const calls = [
      // @ts-expect-error: no meta at all
      () => orderCancel({}),
      // @ts-expect-error: no argument at all
      () => orderCancel(),
      // @ts-expect-error: without what is required
      () => orderCancel({ meta: { refund: 1 } }),
      // @ts-expect-error: of another type
      () => orderCancel({ meta: { entityRef: 'a', refund: '1' } }),
      // @ts-expect-error: not of the catalogue
      () => orderCancel({ meta: { entityRef: 'a', reason: 'b' } }),
      // @ts-expect-error: an event without meta
      () => signIn({ meta: { a: 1 } }),
      // @ts-expect-error: no such level
      () => defineEvent({ eventId: 'a', severityLevel: 'bogus' }),
      () =>
        orderCancel.audit(auditor, { meta: { entityRef: 'a' } }, (event) => {
          // @ts-expect-error: of another type
          event.addMeta({ refund: 'much' });
        }),
      () => orderCancel({ meta: { entityRef: 'a', at: new Date() } }),
      () => orderCancel({ meta: { entityRef: 'a', refund: undefined } }),
    ];
    expect(calls).toHaveLength(10);
  });

  it('refuses a type of field that there is not', () => {
    expect(() =>
      // @ts-expect-error: misspelt
      defineEvent({ eventId: 'a', meta: { b: 'strnig?' } }),
    ).toThrow(
      "cannot define event a: meta.b must be one of string, number, boolean, date, list, object, with ? when it may be absent, got 'strnig?'",
    );
  });
});

describe('describeEvents', () => {
  it('lists the catalogue', () => {
    const listed = describeEvents([signIn, orderCancel]);
    expect(JSON.parse(JSON.stringify(listed))).toEqual([
      {
        pluginId: 'orders',
        eventId: 'order-cancel',
        actionType: 'cancel',
        severityLevel: 'medium',
        description: 'An order was cancelled.',
        meta: [
          {
            name: 'entityRef',
            type: 'string',
            required: true,
            description: 'The order.',
          },
          { name: 'refund', type: 'number', required: false },
          { name: 'at', type: 'date', required: false },
        ],
      },
      { eventId: 'sign-in', severityLevel: 'low', meta: [] },
    ]);
  });

  it('refuses an event that is defined twice', () => {
    expect(() => describeEvents([signIn, signIn])).toThrow(
      "cannot list events: 'sign-in' is defined twice; give one of them another eventId or actionType",
    );
  });
});
