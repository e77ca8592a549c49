import type { RulesText } from '../../api/rules';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { useRuleChanges } from '../../api/rules';
import { TimeAgo } from '../../time/time-ago';
import { Diff } from './diff';

/** What somebody else made of the rules while they were being changed here, and what to do about it. */
export function ConflictDialog({
  base,
  theirs,
  onResolve,
}: {
  base: RulesText;
  theirs: RulesText;
  onResolve: (how: 'theirs' | 'mine') => void;
}) {
  const { data: [last] = [] } = useRuleChanges(1);
  return (
    <Dialog
      title="Somebody changed the rules meanwhile"
      isOpen
      onClose={() => onResolve('mine')}
      actions={
        <>
          <Button onPress={() => onResolve('theirs')}>
            Take theirs, drop mine
          </Button>
          <Button look="primary" onPress={() => onResolve('mine')}>
            Go on with mine
          </Button>
        </>
      }
    >
      <p>
        Nothing is saved yet.{' '}
        {last && (
          <>
            <code>{last.actor_id}</code> changed them{' '}
            <TimeAgo time={last.event_time} />.{' '}
          </>
        )}
        This is what the other changed:
      </p>
      <Diff before={base.yaml} after={theirs.yaml} />
      <p>
        To go on with yours, put in what of theirs is to stay, and save again:
        that takes the place of theirs.
      </p>
    </Dialog>
  );
}
