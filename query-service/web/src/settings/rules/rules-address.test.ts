import { newRuleAddress, ruleInAddress } from './rules-address';

const paramsOf = (address: string) =>
  new URL(address, 'http://localhost').searchParams;

it.each([
  ['plugin:catalog', 'entity-fetch'],
  ['user:default/a&b=c', 'what? #1 + 2%'],
  ['<script>', '\u202e"'],
])('begins a rule for what %j did at %j', (actor, event) => {
  const address = newRuleAddress({ actor_id: actor, event_id: event });
  expect(ruleInAddress(paramsOf(address))).toEqual({
    actorId: actor,
    eventId: event,
  });
});

it.each(['', 'tab=x', 'actorId=', '__proto__=x&acknowledgeBroad=true'])(
  'begins none by the address %j',
  (query) => {
    expect(ruleInAddress(new URLSearchParams(query))).toBeUndefined();
  },
);
