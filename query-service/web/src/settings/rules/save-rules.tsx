import { Button } from '../../components/button';
import layout from '../../components/stack.module.css';
import type { useCarefulSave } from './use-careful-save';
import type { RulesDraft } from './use-rules-draft';

/** Saves the rules as they are written, or goes back to those that are saved. */
export function SaveRules({
  draft,
  careful,
  isGood,
}: {
  draft: RulesDraft;
  careful: ReturnType<typeof useCarefulSave>;
  /** The text was checked and is right. */
  isGood: boolean;
}) {
  const isBusy = draft.isSaving || careful.isTrying;
  const isHeld = careful.isWarned && !careful.isAcknowledged;
  const words = !draft.isChanged
    ? 'As saved'
    : isHeld
      ? 'The dry run warns: read and acknowledge it to save'
      : 'Changed, not saved';
  return (
    <div className={layout.row}>
      <Button
        look="primary"
        isDisabled={!draft.isChanged || !isGood || isBusy || isHeld}
        onPress={careful.save}
      >
        Save
      </Button>
      <Button isDisabled={!draft.isChanged || isBusy} onPress={draft.discard}>
        Discard
      </Button>
      <span className={layout.note} role="status">
        {words}
      </span>
    </div>
  );
}
