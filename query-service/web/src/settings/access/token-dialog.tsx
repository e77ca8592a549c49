import { useState } from 'react';
import { Button } from '../../components/button';
import { DateField } from '../../components/date-field';
import { Dialog } from '../../components/dialog';
import { TextField } from '../../components/text-field';
import type { Draft } from './draft';
import { ScopeField } from './scope-field';
import { SecretField } from './secret-field';
import { isSecret } from './secret-rules';

/** As the API takes them. */
const SUBJECT = /^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$/;

/** One entry of the external access: its secret, what it may do, and until when. */
export function TokenDialog({
  draft,
  taken,
  onUpdate,
  onClose,
}: {
  draft: Draft;
  /** Subjects of other entries. */
  taken: readonly string[];
  onUpdate: (draft: Draft) => void;
  onClose: () => void;
}) {
  const [changed, setChanged] = useState(draft);
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const { token, subject, secret, scope, lastDay } = changed;
  const isNew = token === undefined;
  const change = (part: Partial<Draft>) => setChanged({ ...changed, ...part });
  const needsSecret = isNew || secret !== '';
  const hasPermission =
    scope.status !== 'permissions' || scope.names.length > 0;
  const isReady =
    SUBJECT.test(subject) &&
    !taken.includes(subject) &&
    hasPermission &&
    (!needsSecret || isSecret(secret));
  return (
    <Dialog
      title={isNew ? 'New item' : subject}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            isDisabled={!isReady}
            onPress={() => onUpdate(changed)}
          >
            {isNew ? 'Add item' : 'Update item'}
          </Button>
        </>
      }
    >
      {isNew && (
        <TextField
          label="Subject"
          description="The name of the token in the log: lower-case letters, digits, dots, hyphens and underscores, such as siem-export"
          error={
            taken.includes(subject)
              ? `There is a token ${subject} already`
              : undefined
          }
          value={subject}
          onChange={(subject) => change({ subject })}
        />
      )}
      <SecretField
        label={token?.secret_from ? 'New secret (empty: it stays)' : 'Secret'}
        secret={secret}
        onChange={(secret) => change({ secret })}
      />
      <ScopeField scope={scope} onChange={(scope) => change({ scope })} />
      <DateField
        label="Last day (UTC)"
        description="After it the token is refused; empty: it does not expire"
        value={lastDay}
        min={today}
        onChange={(lastDay) => change({ lastDay })}
      />
    </Dialog>
  );
}
