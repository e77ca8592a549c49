import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../api/session';
import { useTokens } from '../../api/tokens';
import { Button } from '../../components/button';
import { Callout } from '../../components/callout';
import { Card } from '../../components/card';
import { Failure } from '../../components/failure';
import { Page } from '../../components/page';
import { Skeleton } from '../../components/skeleton';
import { draftOf } from './draft';
import type { Draft } from './draft';
import { HowToCall } from './how-to-call';
import { SaveBar } from './save-bar';
import { TokenDialog } from './token-dialog';
import { TokenRow } from './token-row';
import { useDrafts } from './use-drafts';
import { WaitingToken } from './waiting-token';

/** App Settings, External access: the tokens by which programs come in. */
export function ExternalAccess() {
  const { data: tokens, error, refetch } = useTokens();
  const mayWrite = useMay('audit.settings.write');
  const [open, setOpen] = useState<Draft>();
  const { drafts, saved, ...changes } = useDrafts();
  const waiting = tokens?.find(
    ({ subject, state }) => subject === API_TOKEN && state === 'waiting',
  );
  const created = [...drafts.values()].filter(({ token }) => !token);
  const hasNewSecret = saved.some(({ secret }) => secret);
  return (
    <Page
      title="External access"
      lead="Tokens by which programs read the audit log: a SIEM, a dashboard, curl. Their secrets are kept as hashes and never shown again."
      actions={
        mayWrite && (
          <Button onPress={() => setOpen(draftOf())}>
            <Plus size={14} aria-hidden />
            New item
          </Button>
        )
      }
    >
      {waiting && !drafts.has(API_TOKEN) && (
        <WaitingToken
          onOpen={mayWrite ? () => setOpen(draftOf(waiting)) : undefined}
        />
      )}
      {hasNewSecret && (
        <Callout tone="good">
          <p>
            Saved. The secret is in force within a second, and is never shown
            again. Try it:
          </p>
          <HowToCall />
        </Callout>
      )}
      {changes.error && <Callout tone="bad">{changes.error.message}</Callout>}
      <Card title="Tokens">
        {error && <Failure error={error} onRetry={() => void refetch()} />}
        {!tokens && !error && <Skeleton lines={4} />}
        <ul aria-label="Tokens">
          {tokens?.map((token) => (
            <TokenRow
              key={token.id}
              token={token}
              isChanged={drafts.has(token.subject)}
              onOpen={() =>
                setOpen(drafts.get(token.subject) ?? draftOf(token))
              }
            />
          ))}
        </ul>
        {created.map((draft) => (
          <p key={draft.subject}>
            <code>{draft.subject}</code>: new, not saved{' '}
            <Button look="quiet" onPress={() => setOpen(draft)}>
              Open
            </Button>
          </p>
        ))}
      </Card>
      {tokens && !waiting && !hasNewSecret && (
        <Card
          title="How a program reads events"
          lead="With the secret of a token that may read events:"
        >
          <HowToCall />
        </Card>
      )}
      {drafts.size > 0 && (
        <SaveBar
          changes={drafts.size}
          isBusy={changes.isSaving}
          onSave={changes.save}
          onDiscard={() => changes.discard()}
        />
      )}
      {open && (
        <TokenDialog
          draft={open}
          taken={
            open.token ? [] : (tokens?.map(({ subject }) => subject) ?? [])
          }
          onUpdate={(draft) => {
            changes.put(draft);
            setOpen(undefined);
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Page>
  );
}

/** The entry that exists from the start, as in Portal. */
const API_TOKEN = 'audit-log-api-access';
