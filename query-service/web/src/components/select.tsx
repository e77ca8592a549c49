import { ChevronDown } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import {
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components/Select';
import { classes } from './classes';
import popover from './popover.module.css';
import styles from './select.module.css';

export interface SelectProps<T extends string> {
  label: string;
  isLabelHidden?: boolean | undefined;
  /** Values with what they are called, in their order. */
  options: readonly (readonly [T, string])[];
  value: T;
  onChange: (value: T) => void;
}

/** One of a few values. */
export function Select<T extends string>({
  label,
  isLabelHidden = false,
  options,
  value,
  onChange,
}: SelectProps<T>) {
  return (
    <AriaSelect
      className={styles.select!}
      value={value}
      onChange={(key) => onChange(key as T)}
    >
      <Label
        className={classes(styles.label, isLabelHidden && 'visually-hidden')}
      >
        {label}
      </Label>
      <Button className={styles.button!}>
        <SelectValue />
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Popover className={popover.popover!}>
        <ListBox className={popover.list!}>
          {options.map(([id, name]) => (
            <ListBoxItem
              key={id}
              id={id}
              textValue={name}
              className={popover.item!}
            >
              {name}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
