import { Button } from '../../components/button';
import layout from '../../components/stack.module.css';
import { counted } from '../../text/count';
import styles from './access.module.css';

/** Says that there are changes which nobody else sees yet, and saves them. */
export function SaveBar({
  changes,
  isBusy,
  onSave,
  onDiscard,
}: {
  changes: number;
  isBusy: boolean;
  onSave: () => void;
  onDiscard: () => void;
}) {
  return (
    <div className={styles.bar} role="status">
      <span>{counted(changes, 'change')} not saved</span>
      <span className={layout.row}>
        <Button isDisabled={isBusy} onPress={onDiscard}>
          Discard
        </Button>
        <Button look="primary" isDisabled={isBusy} onPress={onSave}>
          Save
        </Button>
      </span>
    </div>
  );
}
