import type { TokenEntry } from 'audit-event/store';
import { findToken } from './find-token';
import { secretsOfSettings } from './settings-tokens';
import { sha256 } from './sha256';
import { tokenList } from './token-list';

const entry = (overrides: Partial<TokenEntry> = {}): TokenEntry => ({
  id: '00000000-0000-8000-8000-000000000003',
  subject: 'audit-log-api-access',
  secretSha256: sha256('from-the-database'),
  accessRestrictions: null,
  expiresAt: null,
  lastUsedAt: null,
  ...overrides,
});

/** A database of one's own words, and a clock that is moved by hand. */
function setUp(entries: TokenEntry[], apiToken?: string) {
  const state = { entries, loads: 0, failing: false, now: 0 };
  const tokens = tokenList({
    secrets: secretsOfSettings({ apiToken }),
    now: () => state.now,
    async load() {
      state.loads += 1;
      if (state.failing) throw new Error('the database is away');
      return state.entries;
    },
  });
  return { state, tokens };
}

it('leaves out entries that wait for their secret, and hashes that are none', async () => {
  const { tokens } = setUp([
    entry({ secretSha256: null }),
    entry({ secretSha256: Buffer.from('short') }),
    entry({ subject: 'siem' }),
  ]);
  expect((await tokens()).map(({ subject }) => subject)).toEqual(['siem']);
});

it('loads once for requests that come together and within a second, then again', async () => {
  const { state, tokens } = setUp([entry()]);
  await Promise.all([tokens(), tokens(), tokens()]);
  state.now = 999;
  await tokens();
  expect(state.loads).toBe(1);
  state.now = 1_000;
  state.entries = [entry({ secretSha256: null })];
  expect(await tokens()).toEqual([]);
  expect(state.loads).toBe(2);
});

it('rejects while the tokens cannot be loaded, and recovers at once', async () => {
  const { state, tokens } = setUp([entry()]);
  state.failing = true;
  await expect(tokens()).rejects.toThrow('the database is away');
  state.failing = false;
  expect(await tokens()).toHaveLength(1);
});

it('never admits by an old list when a new one cannot be loaded', async () => {
  const { state, tokens } = setUp([entry()]);
  await tokens();
  state.now = 1_000;
  state.failing = true;
  await expect(tokens()).rejects.toThrow('the database is away');
});

describe('the setting AUDIT_API_TOKEN', () => {
  it('wins over the secret in the database and keeps the entry it belongs to', async () => {
    const { tokens } = setUp([entry()], 'from-the-setting');
    const list = await tokens();
    expect(findToken(list, 'from-the-database')).toBeUndefined();
    expect(findToken(list, 'from-the-setting')).toEqual({
      id: entry().id,
      subject: 'audit-log-api-access',
      secretSha256: sha256('from-the-setting'),
      accessRestrictions: [
        { plugin: 'audit-log', permission: ['audit.log.read'] },
      ],
      expiresAt: null,
    });
  });

  it('fills an entry that waits, or is not there, and leaves others alone', async () => {
    const waiting = setUp([entry({ secretSha256: null })], 'from-the-setting');
    expect(findToken(await waiting.tokens(), 'from-the-setting')?.id).toBe(
      entry().id,
    );
    const gone = setUp([entry({ subject: 'siem' })], 'from-the-setting');
    const list = await gone.tokens();
    expect(findToken(list, 'from-the-setting')?.id).toBeUndefined();
    expect(findToken(list, 'from-the-database')?.subject).toBe('siem');
  });
});
