import type { ReactElement, ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuTrigger,
} from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import styles from './popover.module.css';

export interface MenuEntry {
  id: string;
  label: string;
  /** Before the label. */
  icon?: ReactNode;
  /** The key that does the same. */
  shortcut?: string | undefined;
  isDisabled?: boolean | undefined;
  onAction: () => void;
}

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  label: string;
  entries: readonly MenuEntry[];
  /** Ids of those that are chosen, for a menu of choices. */
  selected?: readonly string[] | undefined;
  selectionMode?: 'none' | 'single' | 'multiple' | undefined;
}

/** A button that opens a list of things to do, or of choices. */
export function Menu({
  trigger,
  label,
  entries,
  selected,
  selectionMode = 'none',
}: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={styles.popover!} placement="bottom end">
        <AriaMenu
          aria-label={label}
          className={styles.list!}
          selectionMode={selectionMode}
          selectedKeys={selected ?? []}
          onAction={(key) => entries.find(({ id }) => id === key)?.onAction()}
        >
          {entries.map((entry) => (
            <AriaMenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.label}
              isDisabled={entry.isDisabled ?? false}
              className={styles.item!}
            >
              {entry.icon}
              {entry.label}
              {entry.shortcut && <kbd>{entry.shortcut}</kbd>}
            </AriaMenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
