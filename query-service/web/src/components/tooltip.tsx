import type { ReactElement } from 'react';
import {
  Tooltip as AriaTooltip,
  TooltipTrigger,
} from 'react-aria-components/Tooltip';
import styles from './tooltip.module.css';

/** Says more of a button or link when the pointer or the focus is on it. */
export function Tooltip({
  text,
  children,
}: {
  text: string;
  children: ReactElement;
}) {
  return (
    <TooltipTrigger delay={400} closeDelay={100}>
      {children}
      <AriaTooltip className={styles.tooltip!} offset={6}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
