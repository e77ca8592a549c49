import { Dialog } from '../components/dialog';
import { screens } from '../routes';
import styles from './keys-dialog.module.css';

const KEYS = [
  ['/', 'To the query line'],
  ['j  k', 'Down and up in the list, or to the next event'],
  ['Enter', 'Shows the event in full'],
  ['f', 'Filters for the actor of the event'],
  ['Esc', 'Closes the event, leaves the query line'],
  ['Ctrl K', 'All that can be done and reached, by its name'],
  ['?', 'These keys'],
] as const;

/** The keys that the page knows. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const toScreens = screens.flatMap(({ shortcut, label }) =>
    shortcut && label ? [[shortcut, `To ${label}`] as const] : [],
  );
  return (
    <Dialog title="Keys" isOpen onClose={onClose}>
      <dl className={styles.keys}>
        {[...KEYS, ...toScreens].map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
