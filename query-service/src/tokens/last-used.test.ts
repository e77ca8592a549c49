import { lastUsed } from './last-used';
import type { Token } from './token';

const token = (id?: string) => ({ id }) as Token;

function setUp(touch: (id: string) => Promise<void> = async () => undefined) {
  const touched: string[] = [];
  const errors: unknown[] = [];
  const clock = { now: 0 };
  const noteUse = lastUsed({
    now: () => clock.now,
    onError: (error) => errors.push(error),
    touch(id) {
      touched.push(id);
      return touch(id);
    },
  });
  return { touched, errors, clock, noteUse };
}

it('touches each token once a minute', () => {
  const { touched, clock, noteUse } = setUp();
  noteUse(token('a'));
  noteUse(token('b'));
  clock.now = 59_999;
  noteUse(token('a'));
  expect(touched).toEqual(['a', 'b']);
  clock.now = 60_000;
  noteUse(token('a'));
  expect(touched).toEqual(['a', 'b', 'a']);
});

it('has nothing to touch for a token without an entry', () => {
  const { touched, noteUse } = setUp();
  noteUse(token());
  expect(touched).toEqual([]);
});

it('reports a failure and does not throw', async () => {
  const { errors, noteUse } = setUp(() => Promise.reject(new Error('away')));
  noteUse(token('a'));
  await new Promise(setImmediate);
  expect(errors).toEqual([new Error('away')]);
});
