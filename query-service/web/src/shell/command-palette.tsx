import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Input } from 'react-aria-components/Input';
import { Menu, MenuItem } from 'react-aria-components/Menu';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { SearchField } from 'react-aria-components/SearchField';
import dialog from '../components/dialog.module.css';
import popover from '../components/popover.module.css';
import styles from './command-palette.module.css';
import { useCommands } from './use-commands';

/** All that can be done and reached, found by typing. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const commands = useCommands();
  const { contains } = useFilter({ sensitivity: 'base' });
  const run = (key: unknown) => {
    onClose();
    commands.find(({ label }) => label === key)?.run();
  };
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className={dialog.overlay!}
    >
      <Modal className={styles.palette!}>
        <AriaDialog aria-label="Commands" className={dialog.dialog!}>
          <Autocomplete filter={contains}>
            <SearchField aria-label="Find a command" autoFocus>
              <Input
                className={styles.input!}
                placeholder="Where to, or what to do"
              />
            </SearchField>
            <Menu
              aria-label="Commands"
              className={popover.list!}
              onAction={run}
              renderEmptyState={() => (
                <p className={popover.heading}>No command is called so</p>
              )}
            >
              {commands.map(({ label, shortcut }) => (
                <MenuItem
                  key={label}
                  id={label}
                  textValue={label}
                  className={popover.item!}
                >
                  {label}
                  {shortcut && <kbd>{shortcut}</kbd>}
                </MenuItem>
              ))}
            </Menu>
          </Autocomplete>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
