import { sha256 } from '../tokens/sha256';
import { createFailureLimit, FREE_FAILURES } from './failure-limit';
import { tokenOfSecret } from './token-of-secret';

const req = { ip: '192.0.2.7' };
const token = {
  subject: 'siem',
  secretSha256: sha256('the-right-one'),
  accessRestrictions: null,
  expiresAt: null,
};

describe('tokenOfSecret', () => {
  it('finds the token', async () => {
    const deps = {
      tokens: async () => [token],
      failures: createFailureLimit(() => 0),
    };
    expect(await tokenOfSecret(req, 'the-right-one', deps)).toBe(token);
  });

  it('does not load tokens for a request without a secret', async () => {
    const tokens = () => Promise.reject(new Error('loaded'));
    const failures = createFailureLimit(() => 0);
    await expect(
      tokenOfSecret(req, undefined, { tokens, failures }),
    ).rejects.toThrow('Missing credentials');
  });

  it('refuses those beyond the limit also among guesses that come at once', async () => {
    let load = () => {};
    const loaded = new Promise<void>((resolve) => (load = resolve));
    const deps = {
      tokens: () => loaded.then(() => [token]),
      failures: createFailureLimit(() => 0),
    };
    const guesses = Array.from({ length: FREE_FAILURES + 5 }, (_, i) =>
      tokenOfSecret(req, `guess-${i}`, deps).catch(({ name }: Error) => name),
    );
    load();
    const names = await Promise.all(guesses);
    expect(names.filter((name) => name === 'AuthenticationError')).toHaveLength(
      FREE_FAILURES,
    );
    expect(
      names.filter((name) => name === 'TooManyRequestsError'),
    ).toHaveLength(5);
  });
});
