import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { classes } from './classes';
import styles from './button.module.css';

export interface ButtonProps extends Omit<
  AriaButtonProps,
  'className' | 'style' | 'children'
> {
  /** `primary` for the one thing that a screen is for, `danger` for what cannot be taken back, `quiet` without a frame. */
  look?: 'plain' | 'primary' | 'danger' | 'quiet' | undefined;
  /** Square, for an icon alone; give it an `aria-label`. */
  isIcon?: boolean | undefined;
  children: ReactNode;
}

/** A button. */
export function Button({
  look = 'plain',
  isIcon = false,
  ...props
}: ButtonProps) {
  return (
    <AriaButton
      {...props}
      className={classes(styles.button, styles[look], isIcon && styles.icon)}
    />
  );
}
