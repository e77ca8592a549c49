import { changeToken, createToken, setSecret } from '../../api/tokens';
import type { Token } from '../../api/tokens';
import { restrictionsOf, scopeOf } from './scope';
import type { Scope } from './scope';

/** What is to become of a token when it is saved. */
export interface Draft {
  /** Undefined for one that is to be made. */
  token?: Token | undefined;
  subject: string;
  /** Empty: the secret stays what it is. */
  secret: string;
  scope: Scope;
  /** The last day of its life (UTC); empty: it has none. */
  lastDay: string;
}

/** What a token that is to be made may do, until somebody says otherwise. */
const DEFAULT_SCOPE: Scope = {
  status: 'permissions',
  names: ['audit.log.read'],
};

export function draftOf(token?: Token): Draft {
  return {
    token,
    subject: token?.subject ?? '',
    secret: '',
    scope: token ? scopeOf(token.access_restrictions) : DEFAULT_SCOPE,
    lastDay: token?.expires_at?.slice(0, 10) ?? '',
  };
}

/** Whether anything of the token would change but its secret. */
export function changesFields(draft: Draft): boolean {
  const before = draftOf(draft.token);
  return (
    before.lastDay !== draft.lastDay ||
    JSON.stringify(before.scope) !== JSON.stringify(draft.scope)
  );
}

/** Brings a draft into force. */
export async function saveDraft(draft: Draft): Promise<void> {
  const { token, subject, secret, scope, lastDay } = draft;
  const fields = {
    access_restrictions: restrictionsOf(scope),
    expires_at: lastDay ? `${lastDay}T23:59:59Z` : null,
  };
  if (!token) return createToken(subject, fields, secret);
  // First what it may do, then by what: a new secret must not open what was just closed.
  if (changesFields(draft)) await changeToken(token, fields);
  if (secret) await setSecret(token.id, secret);
}
