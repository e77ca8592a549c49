import { useMay } from '../../api/session';
import type { Token } from '../../api/tokens';
import { Button } from '../../components/button';
import layout from '../../components/stack.module.css';
import { usePreferences } from '../../preferences';
import { printDay } from '../../time/print-time';
import { TimeAgo } from '../../time/time-ago';
import styles from './access.module.css';
import { printScope, scopeOf } from './scope';
import { TokenMenu } from './token-menu';
import { TokenState } from './token-state';

/** One token in the list. */
export function TokenRow({
  token,
  isChanged,
  onOpen,
}: {
  token: Token;
  /** It has changes that are not saved. */
  isChanged: boolean;
  onOpen: () => void;
}) {
  const mayWrite = useMay('audit.settings.write');
  const { zone } = usePreferences();
  const isOfSetting = token.secret_from === 'setting';
  return (
    <li className={styles.token}>
      <div className={styles.subject}>
        <h3>{token.subject}</h3>
        <TokenState token={token} isChanged={isChanged} />
      </div>
      <div className={styles.about}>
        <p>
          <code>{printScope(scopeOf(token.access_restrictions))}</code>
        </p>
        <p>
          {token.last_used_at ? (
            <>
              Last used <TimeAgo time={token.last_used_at} />
            </>
          ) : (
            'Never used'
          )}
          {' · '}
          {token.expires_at
            ? `${token.state === 'expired' ? 'expired' : 'expires'} ${printDay(token.expires_at, zone)}`
            : 'does not expire'}
        </p>
        {isOfSetting && (
          <p>
            A setting of the service gives its secret (
            <code>{SETTINGS[token.subject] ?? 'AUDIT_API_TOKEN'}</code>): it is
            changed there, not here.
          </p>
        )}
      </div>
      {mayWrite && !isOfSetting && (
        <div className={layout.row}>
          <Button onPress={onOpen} aria-label={`Open ${token.subject}`}>
            Open
          </Button>
          <TokenMenu token={token} />
        </div>
      )}
    </li>
  );
}

/** Which setting gives the secret of which entry. */
const SETTINGS: Readonly<Record<string, string>> = {
  'audit-log-api-access': 'AUDIT_API_TOKEN',
  'audit-log-admin-access': 'AUDIT_ADMIN_TOKEN',
};
