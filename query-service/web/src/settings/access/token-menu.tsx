import { Ellipsis, KeyRound, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Token } from '../../api/tokens';
import { Button } from '../../components/button';
import { Menu } from '../../components/menu';
import { EndToken } from './end-token';
import { RotateSecret } from './rotate-secret';

/** What else can be done with a token: another secret, none, its end. */
export function TokenMenu({ token }: { token: Token }) {
  const [asked, setAsked] = useState<'rotate' | 'revoke' | 'delete'>();
  const hasSecret = token.secret_from !== null;
  const close = () => setAsked(undefined);
  return (
    <>
      <Menu
        label={`More of ${token.subject}`}
        trigger={
          <Button look="quiet" isIcon aria-label={`More of ${token.subject}`}>
            <Ellipsis size={16} aria-hidden />
          </Button>
        }
        entries={[
          {
            id: 'rotate',
            label: 'Rotate the secret',
            icon: <RefreshCw size={14} aria-hidden />,
            onAction: () => setAsked('rotate'),
          },
          {
            id: 'revoke',
            label: 'Revoke the secret',
            icon: <KeyRound size={14} aria-hidden />,
            isDisabled: !hasSecret,
            onAction: () => setAsked('revoke'),
          },
          ...(token.built_in
            ? []
            : [
                {
                  id: 'delete',
                  label: 'Delete',
                  icon: <Trash2 size={14} aria-hidden />,
                  onAction: () => setAsked('delete'),
                },
              ]),
        ]}
      />
      {asked === 'rotate' && <RotateSecret token={token} onClose={close} />}
      {(asked === 'revoke' || asked === 'delete') && (
        <EndToken token={token} how={asked} onClose={close} />
      )}
    </>
  );
}
