import type { TokenEntry } from 'audit-event/store';
import { withSettingSecrets } from './settings-tokens';
import type { SettingSecrets } from './settings-tokens';
import { tokenOf } from './token';
import type { Token } from './token';

/** How long a list may be used: a change in the database is in force after this at the latest. */
const MAX_AGE_MS = 1_000;

export interface TokenListOptions {
  load: () => Promise<TokenEntry[]>;
  /** Of settings; they win over those of the database. */
  secrets?: SettingSecrets | undefined;
  /** Milliseconds; tests have a clock of their own. */
  now?: (() => number) | undefined;
}

/** All tokens that can admit somebody now. */
export type TokenList = () => Promise<readonly Token[]>;

/**
 * The tokens of the database and the settings, at most a second old. Requests that come together share one load.
 *
 * @returns a function that rejects when the tokens cannot be loaded; the next call tries again
 * @example
 * const tokens = tokenList({ load: () => loadTokens(pool) });
 * findToken(await tokens(), secret);
 */
export function tokenList(options: TokenListOptions): TokenList {
  const { load, secrets = new Map(), now = () => performance.now() } = options;
  let loadedAt = -Infinity;
  let loading: Promise<readonly Token[]> | undefined;

  async function loadAll(): Promise<readonly Token[]> {
    const entries = await load();
    const tokens = entries.map(tokenOf).filter((token) => token !== undefined);
    return withSettingSecrets(tokens, secrets, entries);
  }

  return async function tokens() {
    if (!loading || now() - loadedAt >= MAX_AGE_MS) {
      loadedAt = now();
      loading = loadAll();
    }
    try {
      return await loading;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
}
